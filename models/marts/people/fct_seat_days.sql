with spans as (
  select
    org_id,
    seat_id,
    user_id,
    team_id,
    plan,
    price_usd,
    status,
    changed_at,
    lead(changed_at) over (partition by org_id, seat_id order by changed_at, received_at) as until
  from {{ref "stg_seat_changes"}}
),
assigned as (
  select
    spans.org_id,
    spans.seat_id,
    days.day,
    coalesce(people.user_id, spans.user_id) as user_id,
    coalesce(people.team_id, spans.team_id) as team_id,
    spans.plan,
    spans.price_usd,
    case when used.user_id is null then 0 else 1 end as used
  from spans
  join {{ref "dim_days"}} as days
    on days.org_id = spans.org_id
    and days.is_past
    and spans.changed_at < days.day + interval '1 day'
    and (spans.until is null or spans.until >= days.day + interval '1 day')
  left join {{ref "int_people"}} as people
    on people.org_id = spans.org_id
    and people.identity = lower(spans.user_id)
    and days.day >= people.valid_from
    and days.day < people.valid_to
  left join {{ref "int_user_days"}} as used
    on used.org_id = spans.org_id
    and used.user_id = coalesce(people.user_id, spans.user_id)
    and used.day = days.day
  where spans.status = 'assigned'
)
select
  org_id,
  seat_id,
  day,
  user_id,
  team_id,
  plan,
  price_usd,
  used = 1 as active,
  -- A seat that is new has not had its chance yet.
  sum(used) over lately = 0 and count(*) over lately = 30 as unused
from assigned
window lately as (partition by org_id, seat_id, user_id order by day rows between 29 preceding and current row)
