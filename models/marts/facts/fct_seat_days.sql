with recursive spans as (
  select
    org_id,
    seat_id,
    user_id,
    plan,
    status,
    changed_at,
    lead(changed_at) over (partition by org_id, seat_id order by changed_at, received_at) as until
  from {{ref "stg_seat_changes"}}
),
-- Days run to the last event of any kind, so that the same events always give the same rows.
bounds as (
  select
    cast(cast((select min(changed_at) from spans) as date) as timestamp) as first_day,
    cast(cast(max(received_at) as date) as timestamp) as last_day
  from {{ref "stg_events"}}
),
days as (
  select first_day as day, last_day from bounds where first_day is not null
  union all
  select day + interval '1 day', last_day from days where day < last_day
)
select
  spans.org_id,
  spans.seat_id,
  days.day,
  spans.user_id,
  spans.plan,
  users.team_id
from days
join spans
  on spans.status = 'assigned'
  and spans.changed_at < days.day + interval '1 day'
  and (spans.until is null or spans.until >= days.day + interval '1 day')
left join {{ref "stg_users"}} as users
  on users.org_id = spans.org_id and users.user_id = spans.user_id
