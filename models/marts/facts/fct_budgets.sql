with roots as (
  select org_id, min(org_unit_id) as org_unit_id
  from {{ref "dim_org_units"}}
  where level = 1
  group by org_id
)
select
  budgets.org_id,
  budgets.budget_id,
  budgets.scope,
  budgets.scope_id,
  -- What the whole organisation may spend stands at its top.
  case budgets.scope when 'org_unit' then budgets.scope_id when 'org' then roots.org_unit_id end as org_unit_id,
  case budgets.scope when 'team' then budgets.scope_id end as team_id,
  budgets.period_start,
  budgets.amount as budget_usd,
  budgets.received_at
from {{ref "stg_budgets"}} as budgets
left join roots on roots.org_id = budgets.org_id
where budgets.period = 'month' and budgets.currency = 'USD'
