select
  accesses.org_id,
  accesses.access_id,
  accesses.source,
  accesses.event_id,
  accesses.event_time as accessed_at,
  accesses.session_id,
  coalesce(people.user_id, accesses.user_id, accesses.user_email, sessions.user_id) as user_id,
  coalesce(accesses.team_id, sessions.team_id, people.team_id) as team_id,
  coalesce(accesses.project_id, sessions.project_id, repositories.project_id) as project_id,
  coalesce(accesses.repository_id, sessions.repository_id) as repository_id,
  coalesce(accesses.agent_id, sessions.agent_id) as agent_id,
  coalesce(accesses.agent, sessions.agent) as agent,
  coalesce(accesses.environment, sessions.environment) as environment,
  accesses.action,
  accesses.resource_type,
  accesses.path,
  coalesce(accesses.classification, repositories.classification) as classification,
  accesses.allowed,
  accesses.bytes,
  coalesce(sessions.event_count, 0) as session_event_count,
  accesses.received_at,
  greatest(
    accesses.stored_at,
    coalesce(sessions.stored_at, accesses.stored_at),
    coalesce(people.stored_at, accesses.stored_at),
    coalesce(repositories.stored_at, accesses.stored_at)
  ) as stored_at
from {{ref "stg_accesses"}} as accesses
left join {{ref "fct_sessions"}} as sessions
  on sessions.org_id = accesses.org_id and sessions.session_id = accesses.session_id
left join {{ref "int_people"}} as people
  on people.org_id = accesses.org_id
  and people.identity = lower(coalesce(accesses.user_id, accesses.user_email))
  and accesses.event_time >= people.valid_from
  and accesses.event_time < people.valid_to
left join {{ref "int_repositories"}} as repositories
  on repositories.org_id = accesses.org_id
  and repositories.repository_id = accesses.repository_id
  and accesses.event_time >= repositories.valid_from
  and accesses.event_time < repositories.valid_to
{{#if incremental}}
where (accesses.org_id, accesses.source, accesses.event_id) in (
  select org_id, source, event_id
  from {{ref "stg_accesses"}}
  where stored_at >= {{watermark "stored_at"}} - interval '1 minute'
  union all
  select told.org_id, told.source, told.event_id
  from {{ref "stg_accesses"}} as told
  join {{ref "fct_sessions"}} as fresh on fresh.org_id = told.org_id and fresh.session_id = told.session_id
  where fresh.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
  union all
  select told.org_id, told.source, told.event_id
  from {{ref "stg_accesses"}} as told
  join {{ref "int_people"}} as fresh
    on fresh.org_id = told.org_id and fresh.identity = lower(coalesce(told.user_id, told.user_email))
  where fresh.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
  union all
  select told.org_id, told.source, told.event_id
  from {{ref "stg_accesses"}} as told
  join {{ref "int_repositories"}} as fresh
    on fresh.org_id = told.org_id and fresh.repository_id = told.repository_id
  where fresh.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
)
-- Anew where more was heard since of the session, the person or the repository.
and not exists (
  select 1
  from {{this}} as known
  where known.org_id = accesses.org_id
    and known.source = accesses.source
    and known.event_id = accesses.event_id
    and known.session_event_count = coalesce(sessions.event_count, 0)
    and known.stored_at >= coalesce(sessions.stored_at, known.stored_at)
    and known.stored_at >= coalesce(people.stored_at, known.stored_at)
    and known.stored_at >= coalesce(repositories.stored_at, known.stored_at)
)
{{/if}}
