with changes as (
  select
    org_id,
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
    coalesce(cast((data ->> 'active') as boolean), true)
      and not coalesce(cast((data ->> 'deleted') as boolean), false) as active,
    event_time as changed_at,
    received_at,
    row_number() over (
      partition by org_id, coalesce((data ->> 'user_id'), subject)
      order by event_time desc, received_at desc
    ) as newest
  from {{ref "stg_rare_events"}}
  where event_type = 'org.user.changed'
)
select
  org_id,
  user_id,
  name,
  email,
  login,
  team_id,
  timezone,
  country,
  role,
  title,
  hourly_cost_usd,
  active,
  changed_at,
  received_at
from changes
where newest = 1
