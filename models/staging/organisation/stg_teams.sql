with changes as (
  select
    org_id,
    coalesce((data ->> 'team_id'), subject) as team_id,
    (data ->> 'name') as name,
    (data ->> 'org_unit_id') as org_unit_id,
    (data ->> 'manager_id') as manager_id,
    event_time as changed_at,
    received_at,
    row_number() over (
      partition by org_id, coalesce((data ->> 'team_id'), subject)
      order by event_time desc, received_at desc
    ) as newest
  from {{ref "stg_rare_events"}}
  where event_type = 'org.team.changed'
)
select org_id, team_id, name, org_unit_id, manager_id, changed_at, received_at
from changes
where newest = 1
