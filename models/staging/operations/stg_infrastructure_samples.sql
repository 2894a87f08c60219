select
  events.org_id,
  events.source,
  events.event_id,
  events.event_time,
  events.received_at,
  events.stored_at,
  coalesce((data ->> 'resource_id'), subject) as resource_id,
  coalesce((data ->> 'resource_type'), 'host') as resource_type,
  (data ->> 'session_id') as session_id,
  (data ->> 'team_id') as team_id,
  (data ->> 'region') as region,
  coalesce((data ->> 'environment'), 'production') as environment,
  coalesce(cast((data ->> 'interval_s') as double precision), 60) as interval_s,
  cast((data ->> 'cpu_utilization') as double precision) as cpu_utilization,
  cast((data ->> 'memory_utilization') as double precision) as memory_utilization,
  cast((data ->> 'disk_utilization') as double precision) as disk_utilization,
  cast((data ->> 'memory_bytes') as double precision) as memory_bytes,
  cast((data ->> 'disk_bytes') as double precision) as disk_bytes,
  cast((data ->> 'network_in_bytes') as double precision) as network_in_bytes,
  cast((data ->> 'network_out_bytes') as double precision) as network_out_bytes,
  cast((data ->> 'sandboxes_running') as bigint) as sandboxes_running,
  cast((data ->> 'sandboxes_capacity') as bigint) as sandboxes_capacity,
  cast((data ->> 'queue_depth') as bigint) as queue_depth
from {{ref "stg_events"}} as events
where events.event_type = 'agent.infra.sampled'
and {{unread "events" "stored_at"}}
