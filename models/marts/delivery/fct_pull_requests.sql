with
{{#if incremental}}
fresh as (
  select org_id, pr_id
  from {{ref "stg_pull_request_events"}}
  where stored_at >= {{watermark "stored_at"}} - interval '1 minute'
  union
  select told.org_id, told.pr_id
  from {{ref "stg_pull_request_events"}} as told
  join {{ref "fct_sessions"}} as sessions on sessions.org_id = told.org_id and sessions.session_id = told.session_id
  where sessions.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
),
touched as (
  select events.org_id, events.pr_id
  from (
    select org_id, pr_id, count(*) as event_count
    from {{ref "stg_pull_request_events"}}
    where (org_id, pr_id) in (select org_id, pr_id from fresh)
    group by org_id, pr_id
  ) as events
  left join {{this}} as built on built.org_id = events.org_id and built.pr_id = events.pr_id
  left join {{ref "fct_sessions"}} as sessions
    on sessions.org_id = built.org_id and sessions.session_id = built.session_id
  where built.pr_id is null
    or built.event_count <> events.event_count
    or built.session_event_count <> coalesce(sessions.event_count, 0)
    or built.stored_at < sessions.stored_at
  -- What the directory says since of the author or the repository at that time.
  union
  select told.org_id, told.pr_id
  from {{ref "stg_pull_request_events"}} as told
  join {{ref "int_people"}} as people
    on people.org_id = told.org_id and people.identity = lower(told.author_email)
  join {{this}} as built on built.org_id = told.org_id and built.pr_id = told.pr_id
  where people.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
    and people.stored_at > built.stored_at
    and built.opened_at >= people.valid_from
    and built.opened_at < people.valid_to
  union
  select told.org_id, told.pr_id
  from {{ref "stg_pull_request_events"}} as told
  join {{ref "int_people"}} as people
    on people.org_id = told.org_id and people.identity = lower(told.author_id)
  join {{this}} as built on built.org_id = told.org_id and built.pr_id = told.pr_id
  where people.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
    and people.stored_at > built.stored_at
    and built.opened_at >= people.valid_from
    and built.opened_at < people.valid_to
  union
  select built.org_id, built.pr_id
  from {{this}} as built
  join {{ref "int_repositories"}} as repositories
    on repositories.org_id = built.org_id and repositories.repository_id = built.repository_id
  where repositories.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
    and repositories.stored_at > built.stored_at
    and built.opened_at >= repositories.valid_from
    and built.opened_at < repositories.valid_to
),
{{/if}}
merged as (
  select
    events.org_id,
    events.pr_id,
    max(events.session_id) as session_id,
    max(events.author_id) as author_id,
    max(lower(events.author_email)) as author_email,
    max(events.team_id) as team_id,
    max(events.project_id) as project_id,
    max(events.repository_id) as repository_id,
    max(events.agent) as agent,
    max(events.pr_number) as pr_number,
    max(events.title) as title,
    max(events.url) as url,
    max(events.branch) as branch,
    max(events.created_by) as created_by,
    max(events.additions) as additions,
    max(events.deletions) as deletions,
    sum(events.review_minutes) as review_minutes,
    coalesce(bool_or(events.major), false) or coalesce(max(events.revisions), 0) > 0 as major_revision,
    min(events.event_time) as first_seen_at,
    min(case when events.event_type = 'agent.pr.opened' then events.event_time end) as opening_at,
    min(
      case
        when events.event_type = 'agent.pr.updated' and events.change in ('review', 'approval', 'comment')
          then events.event_time
      end
    ) as first_review_at,
    max(
      case when events.event_type = 'agent.pr.merged' then coalesce(events.merged_at, events.event_time) end
    ) as merged_at,
    max(case when events.event_type = 'agent.pr.closed' then events.event_time end) as closed_at,
    count(*) as event_count,
    max(events.received_at) as received_at,
    max(events.stored_at) as stored_at
  from {{ref "stg_pull_request_events"}} as events
  {{#if incremental}}
  where (events.org_id, events.pr_id) in (select org_id, pr_id from touched)
  {{/if}}
  group by events.org_id, events.pr_id
),
placed as (
  select
    merged.*,
    coalesce(by_email.user_id, by_name.user_id, merged.author_id, sessions.user_id) as user_id,
    coalesce(merged.team_id, sessions.team_id, by_email.team_id, by_name.team_id) as team_of_author,
    coalesce(merged.project_id, sessions.project_id, repositories.project_id) as project_of_work,
    coalesce(merged.repository_id, sessions.repository_id) as repository_of_work,
    sessions.model,
    sessions.started_at as session_started_at,
    coalesce(sessions.event_count, 0) as session_event_count,
    greatest(
      merged.stored_at,
      coalesce(sessions.stored_at, merged.stored_at),
      coalesce(by_email.stored_at, merged.stored_at),
      coalesce(by_name.stored_at, merged.stored_at),
      coalesce(repositories.stored_at, merged.stored_at)
    ) as placed_at,
    coalesce(
      merged.created_by,
      case when merged.session_id is not null then 'agent' when merged.agent is not null then 'assisted' else 'person' end
    ) as maker
  from merged
  left join {{ref "fct_sessions"}} as sessions
    on sessions.org_id = merged.org_id and sessions.session_id = merged.session_id
  left join {{ref "int_people"}} as by_email
    on by_email.org_id = merged.org_id
    and by_email.identity = merged.author_email
    and coalesce(merged.opening_at, merged.first_seen_at) >= by_email.valid_from
    and coalesce(merged.opening_at, merged.first_seen_at) < by_email.valid_to
  left join {{ref "int_people"}} as by_name
    on by_name.org_id = merged.org_id
    and by_name.identity = lower(merged.author_id)
    and coalesce(merged.opening_at, merged.first_seen_at) >= by_name.valid_from
    and coalesce(merged.opening_at, merged.first_seen_at) < by_name.valid_to
  left join {{ref "int_repositories"}} as repositories
    on repositories.org_id = merged.org_id
    and repositories.repository_id = merged.repository_id
    and coalesce(merged.opening_at, merged.first_seen_at) >= repositories.valid_from
    and coalesce(merged.opening_at, merged.first_seen_at) < repositories.valid_to
)
select
  org_id,
  pr_id,
  session_id,
  user_id,
  team_of_author as team_id,
  project_of_work as project_id,
  repository_of_work as repository_id,
  model,
  pr_number,
  title,
  url,
  branch,
  maker as created_by,
  case when maker in ('agent', 'assisted') then 'assisted' else 'other' end as assistance,
  case when merged_at is not null then 'merged' when closed_at is not null then 'closed' else 'open' end as pr_status,
  major_revision,
  additions,
  deletions,
  review_minutes,
  coalesce(opening_at, first_seen_at) as opened_at,
  first_review_at,
  merged_at,
  coalesce(merged_at, closed_at) as decided_at,
  -- Of pull requests that were open before anybody told of them, only the end is known.
  cast(extract(epoch from (first_review_at - opening_at)) as double precision) as time_to_first_review_s,
  cast(extract(epoch from (merged_at - opening_at)) as double precision) as time_to_merge_s,
  cast(extract(epoch from (merged_at - coalesce(session_started_at, opening_at))) as double precision) as lead_time_s,
  event_count,
  session_event_count,
  received_at,
  placed_at as stored_at
from placed
