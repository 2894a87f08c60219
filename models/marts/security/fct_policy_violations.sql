select
  violations.org_id,
  violations.violation_id,
  violations.source,
  violations.event_id,
  violations.event_time as occurred_at,
  violations.session_id,
  coalesce(people.user_id, violations.user_id, violations.user_email, sessions.user_id) as user_id,
  coalesce(violations.team_id, sessions.team_id, people.team_id) as team_id,
  coalesce(violations.project_id, sessions.project_id, repositories.project_id) as project_id,
  coalesce(violations.repository_id, sessions.repository_id) as repository_id,
  coalesce(violations.agent_id, sessions.agent_id) as agent_id,
  coalesce(violations.agent, sessions.agent) as agent,
  coalesce(violations.environment, sessions.environment) as environment,
  coalesce(violations.region, sessions.region) as region,
  violations.policy_id,
  violations.policy,
  violations.kind,
  violations.severity,
  case violations.severity when 'critical' then 5 when 'high' then 4 when 'medium' then 3 when 'low' then 2 else 1 end as severity_rank,
  case violations.severity when 'critical' then 10 when 'high' then 5 when 'medium' then 2 when 'low' then 1 else 0 end as risk_points,
  violations.resource,
  violations.action,
  violations.blocked,
  violations.message,
  coalesce(sessions.event_count, 0) as session_event_count,
  violations.received_at,
  greatest(
    violations.stored_at,
    coalesce(sessions.stored_at, violations.stored_at),
    coalesce(people.stored_at, violations.stored_at),
    coalesce(repositories.stored_at, violations.stored_at)
  ) as stored_at
from {{ref "stg_policy_violations"}} as violations
left join {{ref "fct_sessions"}} as sessions
  on sessions.org_id = violations.org_id and sessions.session_id = violations.session_id
left join {{ref "int_people"}} as people
  on people.org_id = violations.org_id
  and people.identity = lower(coalesce(violations.user_id, violations.user_email))
  and violations.event_time >= people.valid_from
  and violations.event_time < people.valid_to
left join {{ref "int_repositories"}} as repositories
  on repositories.org_id = violations.org_id
  and repositories.repository_id = violations.repository_id
  and violations.event_time >= repositories.valid_from
  and violations.event_time < repositories.valid_to
{{#if incremental}}
where (violations.org_id, violations.source, violations.event_id) in (
  select org_id, source, event_id
  from {{ref "stg_policy_violations"}}
  where stored_at >= {{watermark "stored_at"}} - interval '1 minute'
  union all
  select told.org_id, told.source, told.event_id
  from {{ref "stg_policy_violations"}} as told
  join {{ref "fct_sessions"}} as fresh on fresh.org_id = told.org_id and fresh.session_id = told.session_id
  where fresh.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
  union all
  select told.org_id, told.source, told.event_id
  from {{ref "stg_policy_violations"}} as told
  join {{ref "int_people"}} as fresh
    on fresh.org_id = told.org_id and fresh.identity = lower(coalesce(told.user_id, told.user_email))
  where fresh.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
  union all
  select told.org_id, told.source, told.event_id
  from {{ref "stg_policy_violations"}} as told
  join {{ref "int_repositories"}} as fresh
    on fresh.org_id = told.org_id and fresh.repository_id = told.repository_id
  where fresh.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
)
-- Anew where more was heard since of the session, the person or the repository.
and not exists (
  select 1
  from {{this}} as known
  where known.org_id = violations.org_id
    and known.source = violations.source
    and known.event_id = violations.event_id
    and known.session_event_count = coalesce(sessions.event_count, 0)
    and known.stored_at >= coalesce(sessions.stored_at, known.stored_at)
    and known.stored_at >= coalesce(people.stored_at, known.stored_at)
    and known.stored_at >= coalesce(repositories.stored_at, known.stored_at)
)
{{/if}}
