-- by team_id
select
  (d ->> 'team_id') as team_id,
  count(distinct (d ->> 'user_id')) as weekly_active_users,
  count(distinct case when time >= timestamp '2026-02-22' then (d ->> 'user_id') end) as daily_active_users
from events
where type = 'agent.session.started' and time >= timestamp '2026-02-16' and time < timestamp '2026-02-23'
group by (d ->> 'team_id')
