select
  org_id,
  event_id as step_id,
  session_id,
  step,
  step_kind,
  tool,
  step_status,
  event_time as happened_at,
  duration_ms / 1000.0 as duration_s,
  received_at
from {{ref "stg_session_steps"}}
{{#if incremental}}
where received_at >= (select coalesce(max(received_at), timestamp '1970-01-01 00:00:00') from {{this}})
{{/if}}
