-- by
-- A tenth of everybody who started a session in the four weeks to the 22nd, rounded up.
select ceil(count(distinct (d ->> 'user_id')) * 0.1) as power_users
from events
where type = 'agent.session.started' and time >= timestamp '2026-01-26' and time < timestamp '2026-02-23'
