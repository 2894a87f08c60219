select
  org_id,
  event_id,
  event_time as changed_at,
  received_at,
  coalesce((data ->> 'agent_id'), subject) as agent_id,
  (data ->> 'name') as name,
  (data ->> 'kind') as kind,
  (data ->> 'version') as version,
  (data ->> 'change') as change,
  (data ->> 'status') as status,
  (data ->> 'owner_id') as owner_id,
  (data ->> 'previous_owner_id') as previous_owner_id,
  (data ->> 'team_id') as team_id,
  (data ->> 'reason') as reason
from {{ref "stg_rare_events"}}
where event_type = 'agent.lifecycle.changed'
