with changes as (
  select
    org_id,
    coalesce((data ->> 'repository_id'), subject) as repository_id,
    (data ->> 'name') as name,
    (data ->> 'project_id') as project_id,
    (data ->> 'provider') as provider,
    (data ->> 'team_id') as team_id,
    (data ->> 'language') as language,
    (data ->> 'framework') as framework,
    (data ->> 'classification') as classification,
    coalesce(cast((data ->> 'connected') as boolean), true)
      and not coalesce(cast((data ->> 'deleted') as boolean), false) as connected,
    min(event_time) over (partition by org_id, coalesce((data ->> 'repository_id'), subject)) as known_since,
    event_time as changed_at,
    received_at,
    row_number() over (
      partition by org_id, coalesce((data ->> 'repository_id'), subject)
      order by event_time desc, received_at desc
    ) as newest
  from {{ref "stg_rare_events"}}
  where event_type = 'org.repository.changed'
)
select
  org_id,
  repository_id,
  name,
  project_id,
  team_id,
  provider,
  language,
  framework,
  classification,
  connected,
  known_since,
  changed_at,
  received_at
from changes
where newest = 1
