select org_id, budget_id, scope, scope_id, period_start, amount as budget_usd, received_at
from {{ref "stg_budgets"}}
where period = 'month' and currency = 'USD'
