-- by company
select
  sum(cast((d ->> 'amount') as double precision)) - 200 as budget_variance,
  sum(cast((d ->> 'amount') as double precision)) / 200 as budget_used,
  'top' as company
from events
where type = 'agent.cost.recorded' and time >= timestamp '2026-02-01' and time < timestamp '2026-02-23'
