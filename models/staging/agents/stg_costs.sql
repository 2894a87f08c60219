select
  events.org_id,
  events.source,
  events.event_id,
  events.event_time,
  events.received_at,
  events.stored_at,
  coalesce((data ->> 'cost_id'), events.event_id) as cost_id,
  (data ->> 'session_id') as session_id,
  (data ->> 'user_id') as user_id,
  (data ->> 'user_email') as user_email,
  (data ->> 'team_id') as team_id,
  (data ->> 'project_id') as project_id,
  (data ->> 'repository_id') as repository_id,
  (data ->> 'environment') as environment,
  (data ->> 'model') as model,
  (data ->> 'kind') as cost_kind,
  cast((data ->> 'amount') as double precision) as amount,
  coalesce((data ->> 'currency'), 'USD') as currency,
  coalesce(cast((data ->> 'imputed') as boolean), false) as imputed,
  cast((data ->> 'quantity') as double precision) as quantity,
  (data ->> 'unit') as unit,
  cast((data ->> 'input_tokens') as bigint) as input_tokens,
  cast((data ->> 'output_tokens') as bigint) as output_tokens,
  cast((data ->> 'cache_read_tokens') as bigint) as cache_read_tokens,
  cast((data ->> 'cache_write_tokens') as bigint) as cache_write_tokens
from {{ref "stg_events"}} as events
where events.event_type = 'agent.cost.recorded'
and {{unread "events" "stored_at"}}
