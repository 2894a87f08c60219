select
  org_id,
  source,
  event_id,
  event_time,
  received_at,
  stored_at,
  coalesce((data ->> 'access_id'), event_id) as access_id,
  (data ->> 'session_id') as session_id,
  (data ->> 'user_id') as user_id,
  (data ->> 'user_email') as user_email,
  (data ->> 'team_id') as team_id,
  (data ->> 'project_id') as project_id,
  (data ->> 'repository_id') as repository_id,
  (data ->> 'agent_id') as agent_id,
  (data ->> 'agent') as agent,
  (data ->> 'environment') as environment,
  (data ->> 'action') as action,
  coalesce((data ->> 'resource_type'), 'file') as resource_type,
  (data ->> 'path') as path,
  (data ->> 'classification') as classification,
  coalesce(cast((data ->> 'allowed') as boolean), true) as allowed,
  cast((data ->> 'bytes') as double precision) as bytes
from {{ref "stg_events"}} as events
where event_type = 'agent.access.recorded'
and {{unread "events" "stored_at"}}
