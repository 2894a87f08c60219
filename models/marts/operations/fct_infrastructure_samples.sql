select
  samples.org_id,
  samples.source,
  samples.event_id as sample_id,
  samples.event_time as sampled_at,
  samples.resource_id,
  samples.resource_type,
  samples.session_id,
  samples.team_id,
  samples.region,
  samples.environment,
  samples.interval_s,
  samples.cpu_utilization,
  samples.memory_utilization,
  samples.disk_utilization,
  samples.memory_bytes,
  samples.disk_bytes,
  samples.network_in_bytes,
  samples.network_out_bytes,
  samples.sandboxes_running,
  samples.sandboxes_capacity,
  samples.queue_depth,
  samples.received_at,
  samples.stored_at
from {{ref "stg_infrastructure_samples"}} as samples
{{#if incremental}}
-- Commits overtake one another by less than this; what was read already is known by its identity.
where samples.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
and not exists (
  select 1
  from {{this}} as known
  where known.org_id = samples.org_id and known.source = samples.source and known.sample_id = samples.event_id
)
{{/if}}
