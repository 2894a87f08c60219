select
  checks.org_id,
  checks.source,
  checks.event_id as check_id,
  checks.event_time as checked_at,
  checks.service,
  checks.check_name,
  checks.region,
  checks.environment,
  checks.check_status,
  checks.latency_ms / 1000.0 as latency_s,
  checks.interval_s,
  case when checks.check_status = 'down' then 0 else checks.interval_s end as up_s,
  case when checks.check_status = 'down' then checks.interval_s else 0 end as down_s,
  case when checks.check_status = 'degraded' then checks.interval_s else 0 end as degraded_s,
  checks.error_message,
  checks.received_at,
  checks.stored_at
from {{ref "stg_health_checks"}} as checks
