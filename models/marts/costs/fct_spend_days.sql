-- The rest of a month is expected to go like the 28 days before: workdays like workdays, days off like days off.
-- Every place is projected by itself, so that projections of places add up.
with spend as (
  select
    org_id,
    coalesce(team_id, '') as team,
    coalesce(project_id, '') as project,
    date_trunc('day', incurred_at) as day,
    sum(amount_usd) as spend_usd
  from {{ref "fct_costs"}}
  where amount_usd is not null
  group by org_id, coalesce(team_id, ''), coalesce(project_id, ''), date_trunc('day', incurred_at)
),
places as (
  select org_id, team, project, min(day) as first_day, max(day) as last_day from spend group by org_id, team, project
),
daily as (
  select
    places.org_id,
    places.team,
    places.project,
    days.day,
    days.month,
    days.is_past,
    days.is_last,
    days.is_workday,
    days.workdays_left,
    days.days_off_left,
    coalesce(spend.spend_usd, 0) as spend_usd
  from places
  join {{ref "dim_days"}} as days
    on days.org_id = places.org_id
    and days.day >= places.first_day
    and days.day < places.last_day + interval '2 months'
  left join spend
    on spend.org_id = places.org_id
    and spend.team = places.team
    and spend.project = places.project
    and spend.day = days.day
),
paced as (
  select
    daily.*,
    sum(spend_usd) over (partition by org_id, team, project, month order by day) as spent_usd,
    coalesce(avg(case when is_workday then spend_usd end) over lately, 0) as workday_usd,
    coalesce(avg(case when not is_workday then spend_usd end) over lately, 0) as day_off_usd
  from daily
  window lately as (partition by org_id, team, project order by day rows between 28 preceding and 1 preceding)
),
projected as (
  select
    paced.*,
    spent_usd + coalesce(workdays_left, 0) * workday_usd + coalesce(days_off_left, 0) * day_off_usd
    -- The last day has not ended.
    + case
        when is_last then greatest(case when is_workday then workday_usd else day_off_usd end - spend_usd, 0)
        else 0
      end as month_end_usd
  from paced
)
select
  org_id,
  nullif(team, '') as team_id,
  nullif(project, '') as project_id,
  team || ' ' || project || ' ' || cast(cast(day as date) as varchar) as spend_day_id,
  day,
  is_past,
  spend_usd,
  case
    when is_past then month_end_usd
    else max(case when is_last then month_end_usd end) over (partition by org_id, team, project, month)
  end as forecast_usd
from projected
