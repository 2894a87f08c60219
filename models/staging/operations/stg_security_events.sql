select
  org_id,
  source,
  event_id,
  event_time,
  received_at,
  stored_at,
  coalesce((data ->> 'event_id'), event_id) as security_event_id,
  (data ->> 'session_id') as session_id,
  (data ->> 'user_id') as user_id,
  (data ->> 'user_email') as user_email,
  (data ->> 'team_id') as team_id,
  (data ->> 'project_id') as project_id,
  (data ->> 'repository_id') as repository_id,
  (data ->> 'agent_id') as agent_id,
  (data ->> 'agent') as agent,
  (data ->> 'environment') as environment,
  (data ->> 'region') as region,
  (data ->> 'kind') as kind,
  coalesce((data ->> 'severity'), 'info') as severity,
  (data ->> 'resource') as resource,
  coalesce(cast((data ->> 'blocked') as boolean), (data ->> 'kind') like 'blocked%') as blocked,
  (data ->> 'message') as message,
  cast((data ->> 'score') as double precision) as score
from {{ref "stg_events"}} as events
where event_type = 'security.event'
and {{unread "events" "stored_at"}}
