select
  events.org_id,
  events.source,
  events.event_id,
  events.event_time,
  events.received_at,
  events.stored_at,
  coalesce((data ->> 'service'), subject) as service,
  (data ->> 'check') as check_name,
  (data ->> 'region') as region,
  coalesce((data ->> 'environment'), 'production') as environment,
  (data ->> 'status') as check_status,
  cast((data ->> 'latency_ms') as double precision) as latency_ms,
  coalesce(cast((data ->> 'interval_s') as double precision), 60) as interval_s,
  (data ->> 'error_message') as error_message
from {{ref "stg_events"}} as events
where events.event_type = 'agent.health.checked'
and {{unread "events" "stored_at"}}
