-- What is known of a person at a time is what was told last before it; before the first word, what that one says.
with told as (
  select
    org_id,
    coalesce((data ->> 'user_id'), subject) as user_id,
    (data ->> 'team_id') as team_id,
    cast((data ->> 'hourly_cost') as double precision) as hourly_cost_usd,
    event_time,
    received_at,
    event_id,
    coalesce(stored_at, received_at) as stored_at
  from {{ref "stg_rare_events"}}
  where event_type = 'org.user.changed'
    -- Who leaves keeps the last team.
    and (not coalesce(cast((data ->> 'deleted') as boolean), false) or (data ->> 'team_id') is not null)
),
changes as (
  select
    told.*,
    row_number() over history as place,
    lag(team_id) over history as team_before,
    lag(hourly_cost_usd) over history as cost_before
  from told
  window history as (partition by org_id, user_id order by event_time, received_at, event_id)
),
spans as (
  select
    org_id,
    user_id,
    team_id,
    hourly_cost_usd,
    case when place = 1 then timestamp '1970-01-01 00:00:00' else event_time end as valid_from,
    coalesce(
      lead(event_time) over (partition by org_id, user_id order by place),
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
