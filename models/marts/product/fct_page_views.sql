with views as (
  select
    *,
    lag(viewed_at) over (partition by org_id, viewer_id order by viewed_at, view_id) as previous_at
  from {{ref "stg_page_views"}}
),
begun as (
  select
    *,
    case when previous_at is null or viewed_at - previous_at > interval '30 minutes' then 1 else 0 end as begins_visit
  from views
),
visits as (
  select
    *,
    sum(begins_visit) over (
      partition by org_id, viewer_id order by viewed_at, view_id rows unbounded preceding
    ) as visit_number
  from begun
)
select
  org_id,
  view_id,
  page,
  viewer_id,
  viewer_role,
  viewer_id || '#' || cast(cast(visit_number as bigint) as varchar) as visit_id,
  viewer_id || '#' || cast(cast(date_trunc('week', viewed_at) as date) as varchar) as viewer_week,
  viewed_at
from visits
