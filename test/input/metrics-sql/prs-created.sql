-- by team_id
select (d ->> 'team_id') as team_id, count(*) as prs_created
from events
where type = 'agent.pr.opened' and (d ->> 'created_by') = 'agent' and time >= timestamp '2026-02-16' and time < timestamp '2026-02-23'
group by (d ->> 'team_id')
