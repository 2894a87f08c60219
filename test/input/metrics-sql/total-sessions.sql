-- by team_id
select (d ->> 'team_id') as team_id, count(*) as total_sessions
from events
where type = 'agent.session.started' and time >= timestamp '2026-02-16' and time < timestamp '2026-02-23'
group by (d ->> 'team_id')
