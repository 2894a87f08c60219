select
  org_id,
  source,
  event_id,
  event_time,
  received_at,
  stored_at,
  coalesce((data ->> 'event_id'), event_id) as violation_id,
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
  (data ->> 'policy_id') as policy_id,
  coalesce((data ->> 'policy'), (data ->> 'policy_id'), 'unnamed') as policy,
  (data ->> 'kind') as kind,
  coalesce((data ->> 'severity'), 'medium') as severity,
  (data ->> 'resource') as resource,
  (data ->> 'action') as action,
  coalesce(cast((data ->> 'blocked') as boolean), (data ->> 'action') = 'blocked', false) as blocked,
  (data ->> 'message') as message
from {{ref "stg_events"}} as events
where event_type = 'security.policy_violation'
and {{unread "events" "stored_at"}}
