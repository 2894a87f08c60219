select
  org_id,
  event_id,
  event_time as changed_at,
  received_at,
  coalesce((data ->> 'seat_id'), subject) as seat_id,
  (data ->> 'user_id') as user_id,
  (data ->> 'plan') as plan,
  (data ->> 'status') as status
from {{ref "stg_events"}}
where event_type = 'seat.changed'
