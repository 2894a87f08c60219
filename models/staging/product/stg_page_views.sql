select
  org_id,
  event_id as view_id,
  (data ->> 'page') as page,
  coalesce((data ->> 'user_id'), 'unknown') as viewer_id,
  (data ->> 'role') as viewer_role,
  event_time as viewed_at,
  received_at
from {{ref "stg_rare_events"}}
where event_type = 'dashboard.page.viewed'
