with newest as (
  select
    assessments.*,
    row_number() over (
      partition by org_id, framework, control_id order by assessed_at desc, received_at desc, event_id desc
    ) as place
  from {{ref "stg_control_assessments"}} as assessments
)
select
  newest.org_id,
  newest.framework || ' ' || newest.control_id as control_key,
  newest.control_id,
  newest.framework,
  coalesce(newest.name, newest.control_id) as name,
  newest.category,
  newest.status,
  newest.score,
  newest.weight,
  newest.assessed_at,
  newest.assessed_by,
  newest.evidence,
  newest.due_at,
  newest.status in ('partial', 'fail') and coalesce(newest.due_at <= today.day, false) as overdue
from newest
left join {{ref "dim_days"}} as today on today.org_id = newest.org_id and today.is_last
where newest.place = 1
