-- One name may stand for several people: the surest one counts, and none where two are as sure.
with names as (
  select org_id, lower(user_id) as identity, 1 as place, user_id, email, team_id, hourly_cost_usd from {{ref "stg_users"}}
  union all
  select org_id, lower(email), 2, user_id, email, team_id, hourly_cost_usd from {{ref "stg_users"}} where email is not null
  union all
  select org_id, lower(login), 3, user_id, email, team_id, hourly_cost_usd from {{ref "stg_users"}} where login is not null
  union all
  select org_id, lower(split_part(email, '@', 1)), 4, user_id, email, team_id, hourly_cost_usd
  from {{ref "stg_users"}}
  where email is not null
),
ranked as (
  select names.*, min(place) over (partition by org_id, identity) as surest from names
)
select
  org_id,
  identity,
  min(user_id) as user_id,
  min(email) as email,
  min(team_id) as team_id,
  min(hourly_cost_usd) as hourly_cost_usd
from ranked
where place = surest
group by org_id, identity
having count(distinct user_id) = 1
