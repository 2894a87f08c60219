select
  org_id,
  event_id,
  event_time as assessed_at,
  received_at,
  coalesce((data ->> 'control_id'), subject) as control_id,
  (data ->> 'framework') as framework,
  (data ->> 'name') as name,
  (data ->> 'category') as category,
  (data ->> 'status') as status,
  coalesce(
    cast((data ->> 'score') as double precision),
    case (data ->> 'status') when 'pass' then 1 when 'partial' then 0.5 when 'fail' then 0 end
  ) as score,
  coalesce(cast((data ->> 'weight') as double precision), 1) as weight,
  (data ->> 'assessed_by') as assessed_by,
  (data ->> 'evidence') as evidence,
  cast((data ->> 'due_at') as timestamp) as due_at
from {{ref "stg_rare_events"}}
where event_type = 'compliance.control.assessed'
