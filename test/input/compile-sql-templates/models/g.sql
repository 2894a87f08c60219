---
materialized: incremental
---
select events.id from {{source "raw" "events"}} as events where {{unread "events" "stored_at"}} and {{unread "events"}}
