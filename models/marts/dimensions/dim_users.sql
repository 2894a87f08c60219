with seen as (
  select
    org_id,
    user_id,
    max(user_email) as email,
    max(team_id) as team_id,
    max(country) as country
  from {{ref "fct_sessions"}}
  where user_id is not null
  group by org_id, user_id
),
known as (
  select org_id, user_id from seen
  union
  select org_id, user_id from {{ref "stg_users"}}
)
select
  known.org_id,
  known.user_id,
  coalesce(users.name, seen.email, known.user_id) as name,
  coalesce(users.email, seen.email) as email,
  coalesce(users.team_id, seen.team_id) as team_id,
  users.timezone,
  coalesce(users.country, seen.country) as country,
  users.role,
  users.title,
  coalesce(users.active, true) as active
from known
left join seen on seen.org_id = known.org_id and seen.user_id = known.user_id
left join {{ref "stg_users"}} as users on users.org_id = known.org_id and users.user_id = known.user_id
