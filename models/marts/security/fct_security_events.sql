select
  events.org_id,
  events.security_event_id,
  events.source,
  events.event_id,
  events.event_time as occurred_at,
  events.session_id,
  coalesce(people.user_id, events.user_id, events.user_email, sessions.user_id) as user_id,
  coalesce(events.team_id, sessions.team_id, people.team_id) as team_id,
  coalesce(events.project_id, sessions.project_id, repositories.project_id) as project_id,
  coalesce(events.repository_id, sessions.repository_id) as repository_id,
  coalesce(events.agent_id, sessions.agent_id) as agent_id,
  coalesce(events.agent, sessions.agent) as agent,
  coalesce(events.environment, sessions.environment) as environment,
  coalesce(events.region, sessions.region) as region,
  events.kind,
  events.severity,
  case events.severity when 'critical' then 5 when 'high' then 4 when 'medium' then 3 when 'low' then 2 else 1 end as severity_rank,
  case events.severity when 'critical' then 10 when 'high' then 5 when 'medium' then 2 when 'low' then 1 else 0 end as risk_points,
  events.resource,
  events.blocked,
  events.message,
  events.score,
  coalesce(sessions.event_count, 0) as session_event_count,
  events.received_at,
  greatest(
    events.stored_at,
    coalesce(sessions.stored_at, events.stored_at),
    coalesce(people.stored_at, events.stored_at),
    coalesce(repositories.stored_at, events.stored_at)
  ) as stored_at
from {{ref "stg_security_events"}} as events
left join {{ref "fct_sessions"}} as sessions
  on sessions.org_id = events.org_id and sessions.session_id = events.session_id
left join {{ref "int_people"}} as people
  on people.org_id = events.org_id
  and people.identity = lower(coalesce(events.user_id, events.user_email))
  and events.event_time >= people.valid_from
  and events.event_time < people.valid_to
left join {{ref "int_repositories"}} as repositories
  on repositories.org_id = events.org_id
  and repositories.repository_id = events.repository_id
  and events.event_time >= repositories.valid_from
  and events.event_time < repositories.valid_to
{{#if incremental}}
where (events.org_id, events.source, events.event_id) in (
  select org_id, source, event_id
  from {{ref "stg_security_events"}}
  where stored_at >= {{watermark "stored_at"}} - interval '1 minute'
  union all
  select told.org_id, told.source, told.event_id
  from {{ref "stg_security_events"}} as told
  join {{ref "fct_sessions"}} as fresh on fresh.org_id = told.org_id and fresh.session_id = told.session_id
  where fresh.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
  union all
  select told.org_id, told.source, told.event_id
  from {{ref "stg_security_events"}} as told
  join {{ref "int_people"}} as fresh
    on fresh.org_id = told.org_id and fresh.identity = lower(coalesce(told.user_id, told.user_email))
  where fresh.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
  union all
  select told.org_id, told.source, told.event_id
  from {{ref "stg_security_events"}} as told
  join {{ref "int_repositories"}} as fresh
    on fresh.org_id = told.org_id and fresh.repository_id = told.repository_id
  where fresh.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
)
-- Anew where more was heard since of the session, the person or the repository.
and not exists (
  select 1
  from {{this}} as known
  where known.org_id = events.org_id
    and known.source = events.source
    and known.event_id = events.event_id
    and known.session_event_count = coalesce(sessions.event_count, 0)
    and known.stored_at >= coalesce(sessions.stored_at, known.stored_at)
    and known.stored_at >= coalesce(people.stored_at, known.stored_at)
    and known.stored_at >= coalesce(repositories.stored_at, known.stored_at)
)
{{/if}}
