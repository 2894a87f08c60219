select
  org_id,
  source,
  event_id,
  event_time,
  received_at,
  stored_at,
  coalesce((data ->> 'service'), subject) as service,
  (data ->> 'check') as check_name,
  (data ->> 'region') as region,
  coalesce((data ->> 'environment'), 'production') as environment,
  (data ->> 'status') as check_status,
  cast((data ->> 'latency_ms') as double precision) as latency_ms,
  coalesce(cast((data ->> 'interval_s') as double precision), 60) as interval_s,
  (data ->> 'error_message') as error_message
from {{ref "stg_events"}}
where event_type = 'agent.health.checked'
