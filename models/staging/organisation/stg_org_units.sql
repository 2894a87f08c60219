with changes as (
  select
    org_id,
    coalesce((data ->> 'org_unit_id'), subject) as org_unit_id,
    (data ->> 'name') as name,
    (data ->> 'parent_id') as parent_id,
    event_time as changed_at,
    received_at,
    row_number() over (
      partition by org_id, coalesce((data ->> 'org_unit_id'), subject)
      order by event_time desc, received_at desc
    ) as newest
  from {{ref "stg_rare_events"}}
  where event_type = 'org.unit.changed'
)
select org_id, org_unit_id, name, parent_id, changed_at, received_at
from changes
where newest = 1
