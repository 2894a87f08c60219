select
  org_id,
  event_id,
  coalesce((data ->> 'repository_id'), subject) as repository_id,
  (data ->> 'name') as name,
  (data ->> 'project_id') as project_id,
  (data ->> 'team_id') as team_id,
  (data ->> 'provider') as provider,
  (data ->> 'language') as language,
  (data ->> 'framework') as framework,
  (data ->> 'classification') as classification,
  coalesce(cast((data ->> 'connected') as boolean), true) as connected,
  coalesce(cast((data ->> 'deleted') as boolean), false) as deleted,
  event_time as changed_at,
  received_at,
  coalesce(stored_at, received_at) as stored_at
from {{ref "stg_rare_events"}}
where event_type = 'org.repository.changed'
