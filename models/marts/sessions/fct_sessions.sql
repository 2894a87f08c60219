with
{{#if incremental}}
touched as (
  select events.org_id, events.session_id
  from (
    select org_id, session_id, count(*) as event_count
    from {{ref "stg_session_events"}}
    where (org_id, session_id) in (
      select org_id, session_id
      from {{ref "stg_session_events"}}
      where stored_at >= {{watermark "stored_at"}} - interval '1 minute'
    )
    group by org_id, session_id
  ) as events
  left join {{this}} as built on built.org_id = events.org_id and built.session_id = events.session_id
  where built.session_id is null or built.event_count <> events.event_count
  -- What the directory says since of the person or the repository at that time.
  union
  select built.org_id, built.session_id
  from {{this}} as built
  join {{ref "int_people"}} as people
    on people.org_id = built.org_id
    and people.identity = lower(built.user_id)
    and built.started_at >= people.valid_from
    and built.started_at < people.valid_to
  where people.stored_at >= {{watermark "stored_at"}} - interval '1 minute' and people.stored_at > built.stored_at
  union
  select built.org_id, built.session_id
  from {{this}} as built
  join {{ref "int_repositories"}} as repositories
    on repositories.org_id = built.org_id
    and repositories.repository_id = built.repository_id
    and built.started_at >= repositories.valid_from
    and built.started_at < repositories.valid_to
  where repositories.stored_at >= {{watermark "stored_at"}} - interval '1 minute' and repositories.stored_at > built.stored_at
),
{{/if}}
-- A session that is resumed ends again: what its newest end says counts.
events as (
  select
    stg_session_events.*,
    row_number() over (
      partition by org_id, session_id, event_type order by event_time desc, received_at desc, event_id desc
    ) as newest
  from {{ref "stg_session_events"}} as stg_session_events
  {{#if incremental}}
  where (org_id, session_id) in (select org_id, session_id from touched)
  {{/if}}
),
merged as (
  select
    events.org_id,
    events.session_id,
    max(events.parent_session_id) as parent_session_id,
    max(events.user_id) as user_id,
    max(events.user_email) as user_email,
    max(events.team_id) as team_id,
    max(events.project_id) as project_id,
    max(events.repository_id) as repository_id,
    max(events.branch) as branch,
    max(events.agent_id) as agent_id,
    max(events.agent) as agent,
    max(events.agent_version) as agent_version,
    max(events.model) as model,
    max(events.mode) as mode,
    max(events.task_type) as task_type,
    max(events.complexity) as complexity,
    max(events.language) as language,
    max(events.framework) as framework,
    max(events.environment) as environment,
    max(events.region) as region,
    max(events.country) as country,
    max(events.trigger_kind) as trigger_kind,
    max(events.configuration) as configuration,
    bool_or(events.is_daily_total) as is_daily_total,
    max(case when events.event_type = 'agent.session.ended' and events.newest = 1 then events.status end) as status,
    max(
      case when events.event_type = 'agent.session.ended' and events.newest = 1 then events.error_type end
    ) as error_type,
    max(
      case when events.event_type = 'agent.session.ended' and events.newest = 1 then events.error_message end
    ) as error_message,
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
    coalesce(max(events.commits), 0) as commits,
    max(events.steps) as steps,
    max(events.time_saved_minutes) as time_saved_minutes,
    max(events.review_minutes) as review_minutes,
    count(*) as event_count,
    max(events.received_at) as received_at,
    max(events.stored_at) as stored_at
  from events
  group by events.org_id, events.session_id
),
placed as (
  select
    merged.org_id,
    merged.session_id,
    merged.parent_session_id,
    -- Some agents know a person by id, others by e-mail or by the name at a provider only.
    coalesce(people.user_id, merged.user_id, merged.user_email) as user_id,
    coalesce(merged.user_email, people.email) as user_email,
    coalesce(merged.team_id, people.team_id) as team_id,
    coalesce(merged.project_id, repositories.project_id) as project_id,
    merged.repository_id,
    merged.branch,
    merged.agent_id,
    coalesce(merged.agent, 'unknown') as agent,
    merged.agent_version,
    merged.model,
    coalesce(merged.mode, 'agent') as mode,
    merged.task_type,
    merged.complexity,
    coalesce(merged.language, repositories.language) as language,
    coalesce(merged.framework, repositories.framework) as framework,
    coalesce(merged.environment, 'development') as environment,
    merged.region,
    merged.country,
    merged.trigger_kind,
    merged.configuration,
    merged.is_daily_total,
    case when not merged.is_daily_total then coalesce(merged.status, 'running') end as status,
    merged.error_type,
    merged.error_message,
    merged.started_at,
    case when not merged.is_daily_total then merged.first_output_at end as first_output_at,
    case when not merged.is_daily_total then merged.ended_at end as ended_at,
    merged.duration_ms,
    merged.loc_added,
    merged.loc_modified,
    merged.loc_deleted,
    merged.loc_added + merged.loc_modified + merged.loc_deleted as loc_changed,
    merged.files_changed,
    merged.commits,
    merged.steps,
    merged.time_saved_minutes as reported_minutes,
    merged.review_minutes,
    coalesce(people.hourly_cost_usd, assumptions.hourly_cost_usd) as hourly_cost_usd,
    least(
      (merged.loc_added + merged.loc_modified + merged.loc_deleted) * assumptions.minutes_saved_per_line,
      assumptions.minutes_saved_at_most
    ) as estimated_minutes,
    merged.event_count,
    merged.received_at,
    greatest(
      merged.stored_at,
      coalesce(people.stored_at, merged.stored_at),
      coalesce(repositories.stored_at, merged.stored_at)
    ) as stored_at
  from merged
  cross join {{ref "assumptions"}} as assumptions
  left join {{ref "int_people"}} as people
    on people.org_id = merged.org_id
    and people.identity = lower(coalesce(merged.user_id, merged.user_email))
    and merged.started_at >= people.valid_from
    and merged.started_at < people.valid_to
  left join {{ref "int_repositories"}} as repositories
    on repositories.org_id = merged.org_id
    and repositories.repository_id = merged.repository_id
    and merged.started_at >= repositories.valid_from
    and merged.started_at < repositories.valid_to
),
timed as (
  select
    placed.*,
    case
      when not is_daily_total then coalesce(
        duration_ms / 1000.0,
        cast(extract(epoch from (ended_at - started_at)) as double precision)
      )
    end as duration_s,
    cast(extract(epoch from (first_output_at - started_at)) as double precision) as first_output_s,
    case
      when reported_minutes is not null then reported_minutes
      when status = 'completed' then cast(estimated_minutes as double precision)
    end as time_saved_minutes
  from placed
)
select
  org_id,
  session_id,
  parent_session_id,
  user_id,
  user_email,
  team_id,
  project_id,
  repository_id,
  branch,
  agent_id,
  agent,
  agent_version,
  model,
  mode,
  task_type,
  complexity,
  language,
  framework,
  environment,
  region,
  country,
  trigger_kind,
  configuration,
  is_daily_total,
  status,
  case when status = 'failed' then coalesce(error_type, 'unknown') end as error_type,
  case when status = 'failed' then error_message end as error_message,
  started_at,
  first_output_at,
  ended_at,
  duration_s,
  first_output_s,
  loc_added,
  loc_modified,
  loc_deleted,
  loc_changed,
  files_changed,
  commits,
  steps,
  time_saved_minutes,
  case
    when reported_minutes is not null then 'reported'
    when time_saved_minutes is not null then 'estimated'
  end as time_saved_source,
  time_saved_minutes / 60 * cast(hourly_cost_usd as double precision) as time_saved_usd,
  review_minutes,
  cast(hourly_cost_usd as double precision) as hourly_cost_usd,
  event_count,
  received_at,
  stored_at
from timed
