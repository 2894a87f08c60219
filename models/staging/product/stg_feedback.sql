select
  org_id,
  event_id as feedback_id,
  (data ->> 'page') as page,
  (data ->> 'widget') as widget,
  (data ->> 'rating') as rating,
  coalesce((data ->> 'user_id'), 'unknown') as viewer_id,
  (data ->> 'role') as viewer_role,
  event_time as given_at,
  received_at
from {{ref "stg_rare_events"}}
where event_type = 'dashboard.feedback.given'
