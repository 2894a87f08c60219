-- Days run to the end of the month of the last event, so that the same events always give the same rows.
with recursive bounds as (
  select
    org_id,
    date_trunc('day', greatest(min(event_time), max(received_at) - interval '3 years')) as first_day,
    date_trunc('day', max(received_at)) as last_day
  from {{ref "stg_events"}}
  group by org_id
),
days as (
  select org_id, date_trunc('month', first_day) as day, last_day from bounds
  union all
  select org_id, day + interval '1 day', last_day
  from days
  where day + interval '1 day' < date_trunc('month', last_day) + interval '1 month'
),
kinds as (
  select
    org_id,
    day,
    last_day,
    date_trunc('month', day) as month,
    case when extract(isodow from day) < 6 then 1 else 0 end as workday
  from days
)
select
  org_id,
  day,
  month,
  workday = 1 as is_workday,
  day <= last_day as is_past,
  day = last_day as is_last,
  sum(workday) over rest as workdays_left,
  sum(1 - workday) over rest as days_off_left
from kinds
window rest as (
  partition by org_id, month order by day rows between 1 following and unbounded following
)
