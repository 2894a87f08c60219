select
  events.org_id,
  events.source,
  events.event_id,
  events.event_time,
  events.received_at,
  events.stored_at,
  coalesce((data ->> 'session_id'), subject) as session_id,
  cast((data ->> 'step') as integer) as step,
  (data ->> 'parent_step_id') as parent_step_id,
  (data ->> 'step_id') as own_step_id,
  (data ->> 'kind') as step_kind,
  (data ->> 'tool') as tool,
  (data ->> 'status') as step_status,
  cast((data ->> 'duration_ms') as double precision) as duration_ms,
  cast((data ->> 'started_at') as timestamp) as started_at,
  cast((data ->> 'attempt') as integer) as attempt,
  (data ->> 'model') as model,
  cast((data ->> 'input_tokens') as bigint) as input_tokens,
  cast((data ->> 'output_tokens') as bigint) as output_tokens,
  cast((data ->> 'cache_read_tokens') as bigint) as cache_read_tokens,
  (data ->> 'decision') as decision,
  (data ->> 'decided_by') as decided_by,
  (data ->> 'error_type') as error_type,
  (data ->> 'error_message') as error_message,
  (data ->> 'summary') as summary
from {{ref "stg_events"}} as events
where events.event_type = 'agent.session.step'
and {{unread "events" "stored_at"}}
