-- by team_id
select
  (d ->> 'team_id') as team_id,
  count(*) as security_events,
  count(case when (d ->> 'kind') = 'blocked_network' then 1 end) as blocked_network_requests,
  count(case when (d ->> 'kind') = 'auth_failure' then 1 end) as auth_failures
from events
where type = 'security.event' and time >= timestamp '2026-02-16' and time < timestamp '2026-02-23'
group by (d ->> 'team_id')
