-- by mode
select (d ->> 'mode') as mode, count(*) as agent_mode_distribution
from events
where type = 'agent.session.started' and time >= timestamp '2026-02-16' and time < timestamp '2026-02-23'
group by (d ->> 'mode')
