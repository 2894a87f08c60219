with changes as (
  select
    stg_user_changes.*,
    row_number() over (partition by org_id, user_id order by changed_at desc, received_at desc) as newest
  from {{ref "stg_user_changes"}} as stg_user_changes
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
  active and not deleted as active,
  changed_at,
  received_at
from changes
where newest = 1
