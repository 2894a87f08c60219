-- Each week looks back over four, so that a holiday makes nobody less of a power user.
with weekly as (
  select
    org_id,
    user_id,
    date_trunc('week', started_at) as week,
    count(*) as sessions,
    count(case when status = 'completed' then 1 end) as completed,
    count(case when status in ('completed', 'failed', 'cancelled') then 1 end) as ended,
    sum(loc_changed) as loc_changed,
    sum(time_saved_minutes) as time_saved_minutes
  from {{ref "fct_sessions"}}
  where user_id is not null
  group by org_id, user_id, date_trunc('week', started_at)
),
weeks as (
  select distinct org_id, date_trunc('week', day) as week from {{ref "dim_days"}} where is_past
),
spend as (
  select org_id, user_id, date_trunc('week', incurred_at) as week, sum(amount_usd) as spend_usd
  from {{ref "fct_costs"}}
  where user_id is not null
  group by org_id, user_id, date_trunc('week', incurred_at)
),
looked_back as (
  select
    weeks.org_id,
    weekly.user_id,
    weeks.week,
    sum(weekly.sessions) as sessions,
    sum(case when weekly.week = weeks.week then weekly.sessions else 0 end) as sessions_of_week,
    sum(weekly.completed) / cast(nullif(sum(weekly.ended), 0) as double precision) as success_rate,
    sum(weekly.time_saved_minutes) / nullif(sum(spend.spend_usd), 0) as minutes_per_usd
  from weeks
  join weekly
    on weekly.org_id = weeks.org_id
    and weekly.week <= weeks.week
    and weekly.week > weeks.week - interval '28 days'
  left join spend
    on spend.org_id = weekly.org_id and spend.user_id = weekly.user_id and spend.week = weekly.week
  group by weeks.org_id, weekly.user_id, weeks.week
),
ranked as (
  select
    looked_back.*,
    percent_rank() over (partition by org_id, week order by sessions) as by_sessions,
    percent_rank() over (partition by org_id, week order by coalesce(success_rate, 0)) as by_quality,
    percent_rank() over (partition by org_id, week order by coalesce(minutes_per_usd, 0)) as by_efficiency
  from looked_back
),
scored as (
  select
    ranked.*,
    100 * (0.5 * by_sessions + 0.25 * by_quality + 0.25 * by_efficiency) as power_score
  from ranked
),
placed as (
  select
    scored.*,
    row_number() over (partition by org_id, week order by power_score desc, sessions desc, user_id) as place,
    count(*) over (partition by org_id, week) as people
  from scored
)
select
  placed.org_id,
  placed.user_id || ' ' || cast(cast(placed.week as date) as varchar) as user_week_id,
  placed.user_id,
  users.team_id,
  placed.week,
  placed.sessions,
  placed.sessions_of_week,
  placed.success_rate,
  placed.minutes_per_usd,
  placed.power_score,
  placed.place <= greatest(1, ceil(placed.people * 0.1)) as power_user
from placed
left join {{ref "dim_users"}} as users on users.org_id = placed.org_id and users.user_id = placed.user_id
