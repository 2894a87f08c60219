select
  steps.org_id,
  coalesce(steps.own_step_id, steps.event_id) as step_id,
  steps.source,
  steps.event_id,
  steps.session_id,
  steps.step,
  steps.parent_step_id,
  steps.step_kind,
  steps.tool,
  steps.step_status,
  steps.event_time as happened_at,
  coalesce(
    steps.started_at,
    steps.event_time - cast(steps.duration_ms as bigint) * interval '1 millisecond',
    steps.event_time
  ) as started_at,
  steps.duration_ms / 1000.0 as duration_s,
  steps.attempt,
  steps.model,
  coalesce(steps.input_tokens, 0) + coalesce(steps.output_tokens, 0) + coalesce(steps.cache_read_tokens, 0) as tokens,
  (
    steps.input_tokens * models.input_price
    + steps.output_tokens * models.output_price
    + coalesce(steps.cache_read_tokens, 0) * coalesce(models.cache_read_price, models.input_price)
  ) / 1000000 as cost_usd,
  steps.decision,
  steps.decided_by,
  steps.error_type,
  steps.error_message,
  steps.summary,
  steps.received_at,
  steps.stored_at
from {{ref "stg_session_steps"}} as steps
left join {{ref "stg_ai_models"}} as models on models.org_id = steps.org_id and models.model = steps.model
