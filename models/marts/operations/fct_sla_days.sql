select
  checks.org_id,
  checks.service || ' ' || cast(cast(checks.checked_at as date) as varchar) || ' ' || checks.environment as sla_day_id,
  date_trunc('day', checks.checked_at) as day,
  checks.service,
  checks.environment,
  count(*) as checks,
  sum(checks.interval_s) as checked_s,
  sum(checks.down_s) as down_s,
  sum(checks.degraded_s) as degraded_s,
  sum(checks.up_s) / nullif(sum(checks.interval_s), 0) as uptime,
  max(cast(assumptions.sla_target as double precision)) as sla_target,
  sum(checks.up_s) >= sum(checks.interval_s) * max(cast(assumptions.sla_target as double precision)) as sla_met
from {{ref "fct_availability_checks"}} as checks
cross join {{ref "assumptions"}} as assumptions
group by checks.org_id, checks.service, checks.environment, date_trunc('day', checks.checked_at),
  cast(checks.checked_at as date)
