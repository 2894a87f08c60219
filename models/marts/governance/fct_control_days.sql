with spans as (
  select
    assessments.*,
    lead(assessed_at) over (
      partition by org_id, framework, control_id order by assessed_at, received_at, event_id
    ) as until
  from {{ref "stg_control_assessments"}} as assessments
)
select
  spans.org_id,
  spans.framework || ' ' || spans.control_id as control_key,
  days.day,
  spans.framework,
  spans.control_id,
  spans.category,
  spans.status,
  case when spans.status <> 'not_applicable' then spans.score * spans.weight end as weighted_score,
  case when spans.status <> 'not_applicable' and spans.score is not null then spans.weight end as weight,
  spans.status in ('partial', 'fail') and coalesce(spans.due_at < days.day + interval '1 day', false) as overdue
from spans
join {{ref "dim_days"}} as days
  on days.org_id = spans.org_id
  and days.is_past
  and spans.assessed_at < days.day + interval '1 day'
  and (spans.until is null or spans.until >= days.day + interval '1 day')
