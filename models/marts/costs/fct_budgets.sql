-- What the parts of something may spend is taken out of its own row, so that the rows below a place add up to its budget.
with recursive above as (
  select org_id, org_unit_id as unit, org_unit_id as ancestor, 0 as distance from {{ref "stg_org_units"}}
  union all
  select above.org_id, above.unit, units.parent_id, above.distance + 1
  from above
  join {{ref "stg_org_units"}} as units on units.org_id = above.org_id and units.org_unit_id = above.ancestor
  where units.parent_id is not null and above.distance < 20
),
months as (
  select 0 as month union all select 1 union all select 2 union all select 3 union all select 4 union all select 5
  union all select 6 union all select 7 union all select 8 union all select 9 union all select 10 union all select 11
),
spread as (
  select
    budgets.org_id,
    budgets.scope,
    case when budgets.scope = 'org' then '' else coalesce(budgets.scope_id, '') end as scope_id,
    date_trunc('month', budgets.period_start) + months.month * interval '1 month' as period_start,
    case budgets.period when 'month' then 1 when 'quarter' then 3 else 12 end as length,
    budgets.amount / case budgets.period when 'month' then 1 when 'quarter' then 3 else 12 end as amount,
    budgets.received_at
  from {{ref "stg_budgets"}} as budgets
  join months on months.month < case budgets.period when 'month' then 1 when 'quarter' then 3 else 12 end
  where budgets.currency = 'USD'
),
finest as (
  select spread.*, min(length) over (partition by org_id, scope, scope_id, period_start) as shortest from spread
),
amounts as (
  select org_id, scope, scope_id, period_start, sum(amount) as amount, max(received_at) as received_at
  from finest
  where length = shortest
  group by org_id, scope, scope_id, period_start
),
roots as (
  select org_id, min(org_unit_id) as org_unit_id from {{ref "dim_org_units"}} where level = 1 group by org_id
),
places as (
  select
    amounts.*,
    case scope when 'project' then scope_id end as project_id,
    case scope when 'project' then projects.team_id when 'team' then scope_id end as team_id,
    case scope
      when 'org_unit' then scope_id
      when 'org' then roots.org_unit_id
      else teams.org_unit_id
    end as org_unit_id
  from amounts
  left join roots on roots.org_id = amounts.org_id
  left join {{ref "stg_projects"}} as projects
    on projects.org_id = amounts.org_id and amounts.scope = 'project' and projects.project_id = amounts.scope_id
  left join {{ref "stg_teams"}} as teams
    on teams.org_id = amounts.org_id
    and teams.team_id = case amounts.scope when 'project' then projects.team_id when 'team' then amounts.scope_id end
),
-- The nearest place above that has a budget for the month.
owners as (
  select places.org_id, places.period_start, places.scope, places.scope_id, 'team' as in_scope, team_id as in_id, 1 as distance
  from places
  where scope = 'project' and team_id is not null
  union all
  select places.org_id, places.period_start, places.scope, places.scope_id, 'org_unit', above.ancestor, 2 + above.distance
  from places
  join above on above.org_id = places.org_id and above.unit = places.org_unit_id
  where places.scope in ('project', 'team') or (places.scope = 'org_unit' and above.distance > 0)
  union all
  select places.org_id, places.period_start, places.scope, places.scope_id, 'org', '', 100
  from places
  where scope <> 'org'
),
nearest as (
  select
    owners.*,
    row_number() over (
      partition by owners.org_id, owners.period_start, owners.scope, owners.scope_id order by owners.distance
    ) as place
  from owners
  join amounts
    on amounts.org_id = owners.org_id
    and amounts.period_start = owners.period_start
    and amounts.scope = owners.in_scope
    and amounts.scope_id = owners.in_id
),
parts as (
  select nearest.org_id, nearest.period_start, nearest.in_scope, nearest.in_id, sum(amounts.amount) as amount
  from nearest
  join amounts
    on amounts.org_id = nearest.org_id
    and amounts.period_start = nearest.period_start
    and amounts.scope = nearest.scope
    and amounts.scope_id = nearest.scope_id
  where nearest.place = 1
  group by nearest.org_id, nearest.period_start, nearest.in_scope, nearest.in_id
)
select
  places.org_id,
  trim(places.scope || ' ' || places.scope_id) || ' ' || cast(cast(places.period_start as date) as varchar) as budget_id,
  places.scope,
  places.scope_id,
  places.org_unit_id,
  places.team_id,
  places.project_id,
  places.period_start,
  places.amount - coalesce(parts.amount, 0) as budget_usd,
  places.amount as scope_budget_usd,
  places.received_at
from places
left join parts
  on parts.org_id = places.org_id
  and parts.period_start = places.period_start
  and parts.in_scope = places.scope
  and parts.in_id = places.scope_id
