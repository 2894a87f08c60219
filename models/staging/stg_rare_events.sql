select
  events.org_id,
  events.source,
  events.event_id,
  events.event_type,
  events.subject,
  events.event_time,
  events.received_at,
  events.stored_at,
  events.data
from {{ref "stg_events"}} as events
where events.event_type in (
  'org.unit.changed',
  'org.team.changed',
  'org.user.changed',
  'org.project.changed',
  'org.repository.changed',
  'org.ai_model.changed',
  'seat.changed',
  'agent.lifecycle.changed',
  'budget.set',
  'compliance.control.assessed',
  'dashboard.page.viewed',
  'dashboard.feedback.given'
)
{{#if incremental}}
-- Commits overtake one another by less than this; what was read already is known by its identity.
and events.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
and not exists (
  select 1
  from {{this}} as known
  where known.org_id = events.org_id
    and known.source = events.source
    and known.event_id = events.event_id
    and known.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
)
{{/if}}
