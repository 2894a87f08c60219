with changes as (
  select
    org_id,
    coalesce((data ->> 'budget_id'), subject) as budget_id,
    coalesce((data ->> 'scope'), 'org') as scope,
    (data ->> 'scope_id') as scope_id,
    (data ->> 'period') as period,
    coalesce(cast((data ->> 'period_start') as timestamp), date_trunc('month', event_time)) as period_start,
    cast((data ->> 'amount') as double precision) as amount,
    coalesce((data ->> 'currency'), 'USD') as currency,
    received_at,
    row_number() over (
      partition by org_id, coalesce((data ->> 'budget_id'), subject)
      order by event_time desc, received_at desc
    ) as newest
  from {{ref "stg_rare_events"}}
  where event_type = 'budget.set'
)
select org_id, budget_id, scope, scope_id, period, period_start, amount, currency, received_at
from changes
where newest = 1
