select
  spans.org_id,
  spans.agent_id || ' ' || spans.place as change_id,
  spans.agent_id,
  spans.from_at as changed_at,
  spans.change,
  spans.reason,
  spans.owner_id,
  before.owner_id as previous_owner_id,
  spans.team_id,
  spans.status,
  before.agent_id is not null and coalesce(spans.owner_id, '') <> coalesce(before.owner_id, '') as owner_changed
from {{ref "int_agent_spans"}} as spans
left join {{ref "int_agent_spans"}} as before
  on before.org_id = spans.org_id and before.agent_id = spans.agent_id and before.place = spans.place - 1
