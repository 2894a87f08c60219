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
{{#if incremental}}
-- Anew from the month of the oldest day that changed, and always the month before the last day, which had not ended.
changed as (
  select spend.org_id, min(spend.day) as day
  from spend
  left join {{this}} as built
    on built.org_id = spend.org_id
    and built.spend_day_id = spend.team || ' ' || spend.project || ' ' || cast(cast(spend.day as date) as varchar)
  where built.spend_day_id is null or abs(built.spend_usd - spend.spend_usd) > 0.000001
  group by spend.org_id
),
since as (
  select
    days.org_id,
    least(days.month - interval '1 month', coalesce(date_trunc('month', changed.day), days.month)) as day
  from {{ref "dim_days"}} as days
  left join changed on changed.org_id = days.org_id
  where days.is_last
),
{{/if}}
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
  {{#if incremental}}
  join since on since.org_id = days.org_id and days.day >= since.day - interval '28 days'
  {{/if}}
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
),
foreseen as (
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
)
select foreseen.*
from foreseen
{{#if incremental}}
join since on since.org_id = foreseen.org_id and foreseen.day >= since.day
left join {{this}} as built on built.org_id = foreseen.org_id and built.spend_day_id = foreseen.spend_day_id
where built.spend_day_id is null
  or built.is_past <> foreseen.is_past
  or abs(built.spend_usd - foreseen.spend_usd) > 0.000001
  or abs(built.forecast_usd - foreseen.forecast_usd) > 0.000001
{{/if}}
