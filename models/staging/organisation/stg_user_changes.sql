select
  org_id,
  event_id,
  coalesce((data ->> 'user_id'), subject) as user_id,
  (data ->> 'name') as name,
  (data ->> 'email') as email,
  coalesce((data ->> 'login'), (data ->> 'github_login'), (data ->> 'gitlab_login')) as login,
  (data ->> 'team_id') as team_id,
  (data ->> 'timezone') as timezone,
  (data ->> 'country') as country,
  (data ->> 'role') as role,
  (data ->> 'title') as title,
  cast((data ->> 'hourly_cost') as double precision) as hourly_cost_usd,
  coalesce(cast((data ->> 'active') as boolean), true) as active,
  coalesce(cast((data ->> 'deleted') as boolean), false) as deleted,
  event_time as changed_at,
  received_at,
  coalesce(stored_at, received_at) as stored_at
from {{ref "stg_rare_events"}}
where event_type = 'org.user.changed'
