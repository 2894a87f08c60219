select
  org_id,
  feedback_id,
  page,
  coalesce(widget, 'Whole page') as widget,
  rating,
  -- Thumbs on the scale of five stars.
  case when rating = 'up' then 5.0 else 1.0 end as stars,
  viewer_id,
  viewer_role,
  given_at
from {{ref "stg_feedback"}}
