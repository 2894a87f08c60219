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
and {{unread "events" "stored_at"}}
