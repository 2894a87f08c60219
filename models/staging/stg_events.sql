select
  org_id,
  source,
  id as event_id,
  type as event_type,
  subject,
  time as event_time,
  received_at,
  stored_at,
  cast(data as json) as data
from {{source "raw" "events"}}
