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
{{#if incremental}}
-- Commits overtake one another by less than this; what was read already is known by its identity.
and events.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
and not exists (
  select 1
  from {{this}} as known
  where known.org_id = events.org_id
    and known.source = events.source
    and known.event_id = events.event_id
    and known.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
)
{{/if}}
