-- by team_id
select (d ->> 'team_id') as team_id, sum(cast((d ->> 'amount') as double precision)) as team_spend
from events
where type = 'agent.cost.recorded' and time >= timestamp '2026-02-16' and time < timestamp '2026-02-23'
group by (d ->> 'team_id')
