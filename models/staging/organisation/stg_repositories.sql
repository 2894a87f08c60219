with changes as (
  select
    org_id,
    coalesce((data ->> 'repository_id'), subject) as repository_id,
    (data ->> 'name') as name,
    (data ->> 'project_id') as project_id,
    (data ->> 'provider') as provider,
    (data ->> 'language') as language,
    cast((data ->> 'connected') as boolean) as connected,
    event_time as changed_at,
    received_at,
    row_number() over (
      partition by org_id, coalesce((data ->> 'repository_id'), subject)
      order by event_time desc, received_at desc
    ) as newest
  from {{ref "stg_events"}}
  where event_type = 'org.repository.changed'
)
select org_id, repository_id, name, project_id, provider, language, connected, changed_at, received_at
from changes
where newest = 1
