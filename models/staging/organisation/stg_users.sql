with changes as (
  select
    org_id,
    coalesce((data ->> 'user_id'), subject) as user_id,
    (data ->> 'name') as name,
    (data ->> 'email') as email,
    (data ->> 'team_id') as team_id,
    (data ->> 'timezone') as timezone,
    (data ->> 'country') as country,
    event_time as changed_at,
    received_at,
    row_number() over (
      partition by org_id, coalesce((data ->> 'user_id'), subject)
      order by event_time desc, received_at desc
    ) as newest
  from {{ref "stg_events"}}
  where event_type = 'org.user.changed'
)
select org_id, user_id, name, email, team_id, timezone, country, changed_at, received_at
from changes
where newest = 1
