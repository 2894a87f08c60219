select
  spans.org_id,
  spans.agent_id,
  days.day,
  spans.kind,
  spans.status,
  spans.owner_id,
  spans.team_id,
  spans.status <> 'retired' and (
    spans.owner_id is null or (not coalesce(owners.active, true) and owners.changed_at < days.day + interval '1 day')
  ) as orphaned
from {{ref "int_agent_spans"}} as spans
join {{ref "dim_days"}} as days
  on days.org_id = spans.org_id
  and days.is_past
  and spans.from_at < days.day + interval '1 day'
  and (spans.until_at is null or spans.until_at >= days.day + interval '1 day')
left join {{ref "stg_users"}} as owners on owners.org_id = spans.org_id and owners.user_id = spans.owner_id
