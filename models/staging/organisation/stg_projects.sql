with changes as (
  select
    org_id,
    coalesce((data ->> 'project_id'), subject) as project_id,
    (data ->> 'name') as name,
    (data ->> 'team_id') as team_id,
    event_time as changed_at,
    received_at,
    row_number() over (
      partition by org_id, coalesce((data ->> 'project_id'), subject)
      order by event_time desc, received_at desc
    ) as newest
  from {{ref "stg_rare_events"}}
  where event_type = 'org.project.changed'
)
select org_id, project_id, name, team_id, changed_at, received_at
from changes
where newest = 1
