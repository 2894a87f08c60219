select
  org_id,
  event_id,
  event_time,
  received_at,
  coalesce((data ->> 'session_id'), subject) as session_id,
  cast((data ->> 'step') as integer) as step,
  (data ->> 'kind') as step_kind,
  (data ->> 'tool') as tool,
  (data ->> 'status') as step_status,
  cast((data ->> 'duration_ms') as double precision) as duration_ms
from {{ref "stg_events"}}
where event_type = 'agent.session.step'
