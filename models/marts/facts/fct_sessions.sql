-- A session that is resumed ends again: what its newest end says counts.
with events as (
  select
    stg_session_events.*,
    row_number() over (
      partition by org_id, session_id, event_type order by event_time desc, received_at desc, event_id desc
    ) as newest
  from {{ref "stg_session_events"}} as stg_session_events
  {{#if incremental}}
  where (org_id, session_id) in (
    select org_id, session_id
    from {{ref "stg_session_events"}}
    where received_at >= (select coalesce(max(received_at), timestamp '1970-01-01 00:00:00') from {{this}})
  )
  {{/if}}
),
merged as (
  select
    events.org_id,
    events.session_id,
    max(events.user_id) as user_id,
    max(events.user_email) as user_email,
    max(events.team_id) as team_id,
    max(events.project_id) as project_id,
    max(events.repository_id) as repository_id,
    max(events.branch) as branch,
    max(events.agent) as agent,
    max(events.agent_version) as agent_version,
    max(events.model) as model,
    max(events.mode) as mode,
    max(events.task_type) as task_type,
    max(events.language) as language,
    max(events.environment) as environment,
    coalesce(
      max(case when events.event_type = 'agent.session.ended' and events.newest = 1 then events.status end),
      'running'
    ) as status,
    max(
      case when events.event_type = 'agent.session.ended' and events.newest = 1 then events.error_type end
    ) as error_type,
    coalesce(
      min(case when events.event_type = 'agent.session.started' then events.event_time end),
      min(events.event_time)
    ) as started_at,
    min(
      case
        when events.event_type = 'agent.session.output' and coalesce(events.output_kind, 'code') = 'code'
          then events.event_time
      end
    ) as first_output_at,
    max(case when events.event_type = 'agent.session.ended' then events.event_time end) as ended_at,
    max(events.duration_ms) as duration_ms,
    cast(coalesce(
      max(case when events.event_type = 'agent.session.ended' then events.loc_added end),
      sum(events.loc_added),
      0
    ) as bigint) as loc_added,
    cast(coalesce(
      max(case when events.event_type = 'agent.session.ended' then events.loc_modified end),
      sum(events.loc_modified),
      0
    ) as bigint) as loc_modified,
    cast(coalesce(
      max(case when events.event_type = 'agent.session.ended' then events.loc_deleted end),
      sum(events.loc_deleted),
      0
    ) as bigint) as loc_deleted,
    coalesce(max(events.files_changed), 0) as files_changed,
    max(events.received_at) as received_at
  from events
  group by events.org_id, events.session_id
),
-- Some agents know a person by id, others by e-mail only.
people as (
  select org_id, identity, min(user_id) as user_id, min(email) as email, min(team_id) as team_id
  from (
    select org_id, user_id as identity, user_id, email, team_id from {{ref "stg_users"}}
    union
    select org_id, lower(email) as identity, user_id, email, team_id from {{ref "stg_users"}}
  ) as identities
  where identity is not null
  group by org_id, identity
)
select
  merged.org_id,
  merged.session_id,
  coalesce(merged.user_id, people.user_id, merged.user_email) as user_id,
  coalesce(merged.user_email, people.email) as user_email,
  coalesce(merged.team_id, people.team_id) as team_id,
  coalesce(merged.project_id, repositories.project_id) as project_id,
  merged.repository_id,
  merged.branch,
  coalesce(merged.agent, 'unknown') as agent,
  merged.agent_version,
  merged.model,
  coalesce(merged.mode, 'agent') as mode,
  merged.task_type,
  coalesce(merged.language, repositories.language) as language,
  coalesce(merged.environment, 'development') as environment,
  merged.status,
  case when merged.status = 'failed' then coalesce(merged.error_type, 'unknown') end as error_type,
  merged.started_at,
  merged.first_output_at,
  merged.ended_at,
  coalesce(
    merged.duration_ms / 1000.0,
    cast(extract(epoch from (merged.ended_at - merged.started_at)) as double precision)
  ) as duration_s,
  cast(extract(epoch from (merged.first_output_at - merged.started_at)) as double precision) as first_output_s,
  merged.loc_added,
  merged.loc_modified,
  merged.loc_deleted,
  merged.loc_added + merged.loc_modified + merged.loc_deleted as loc_changed,
  merged.files_changed,
  merged.received_at
from merged
left join people
  on people.org_id = merged.org_id
  and people.identity = coalesce(merged.user_id, lower(merged.user_email))
left join {{ref "stg_repositories"}} as repositories
  on repositories.org_id = merged.org_id and repositories.repository_id = merged.repository_id
