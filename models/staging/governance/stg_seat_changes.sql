select
  org_id,
  event_id,
  event_time as changed_at,
  received_at,
  coalesce((data ->> 'seat_id'), subject) as seat_id,
  (data ->> 'user_id') as user_id,
  (data ->> 'team_id') as team_id,
  (data ->> 'plan') as plan,
  (data ->> 'status') as status,
  case
    when coalesce((data ->> 'currency'), 'USD') = 'USD' then cast((data ->> 'price') as double precision)
  end as price_usd
from {{ref "stg_rare_events"}}
where event_type = 'seat.changed'
