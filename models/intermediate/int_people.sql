-- What is known of a person at a time is what was told last before it; before the first word, what that one says.
with changes as (
  select
    org_id,
    user_id,
    team_id,
    hourly_cost_usd,
    changed_at,
    stored_at,
    row_number() over history as place,
    lag(team_id) over history as team_before,
    lag(hourly_cost_usd) over history as cost_before
  from {{ref "stg_user_changes"}}
  -- Who leaves keeps the last team.
  where not deleted or team_id is not null
  window history as (partition by org_id, user_id order by changed_at, received_at, event_id)
),
spans as (
  select
    org_id,
    user_id,
    team_id,
    hourly_cost_usd,
    case when place = 1 then timestamp '1970-01-01 00:00:00' else changed_at end as valid_from,
    coalesce(
      lead(changed_at) over (partition by org_id, user_id order by place),
      timestamp '9999-01-01 00:00:00'
    ) as valid_to,
    stored_at
  from changes
  where place = 1 or team_id is distinct from team_before or hourly_cost_usd is distinct from cost_before
),
-- One name may stand for several people: the surest one counts, and none where two are as sure.
names as (
  select org_id, lower(user_id) as identity, 1 as place, user_id, email from {{ref "stg_users"}}
  union all
  select org_id, lower(email), 2, user_id, email from {{ref "stg_users"}} where email is not null
  union all
  select org_id, lower(login), 3, user_id, email from {{ref "stg_users"}} where login is not null
  union all
  select org_id, lower(split_part(email, '@', 1)), 4, user_id, email from {{ref "stg_users"}} where email is not null
),
ranked as (
  select names.*, min(place) over (partition by org_id, identity) as surest from names
),
known as (
  select org_id, identity, min(user_id) as user_id, min(email) as email
  from ranked
  where place = surest
  group by org_id, identity
  having count(distinct user_id) = 1
)
select
  known.org_id,
  known.identity,
  known.user_id,
  known.email,
  spans.team_id,
  spans.hourly_cost_usd,
  spans.valid_from,
  spans.valid_to,
  spans.stored_at
from known
join spans on spans.org_id = known.org_id and spans.user_id = known.user_id
-- Of several changes at one time the last one counts.
where spans.valid_from < spans.valid_to
