with merged as (
  select
    events.org_id,
    events.pr_id,
    max(events.session_id) as session_id,
    max(events.author_id) as author_id,
    max(events.team_id) as team_id,
    max(events.project_id) as project_id,
    max(events.repository_id) as repository_id,
    max(events.pr_number) as pr_number,
    max(events.title) as title,
    max(events.branch) as branch,
    max(events.created_by) as created_by,
    max(events.additions) as additions,
    max(events.deletions) as deletions,
    sum(events.review_minutes) as review_minutes,
    coalesce(bool_or(events.major), false) as major_revision,
    min(events.event_time) as opened_at,
    max(case when events.event_type = 'agent.pr.merged' then events.event_time end) as merged_at,
    max(case when events.event_type = 'agent.pr.closed' then events.event_time end) as closed_at,
    max(events.received_at) as received_at
  from {{ref "stg_pull_request_events"}} as events
  {{#if incremental}}
  where (events.org_id, events.pr_id) in (
    select org_id, pr_id
    from {{ref "stg_pull_request_events"}}
    where received_at >= (select coalesce(max(received_at), timestamp '1970-01-01 00:00:00') from {{this}})
    union
    select built.org_id, built.pr_id
    from {{this}} as built
    join {{ref "fct_sessions"}} as sessions
      on sessions.org_id = built.org_id and sessions.session_id = built.session_id
    where sessions.received_at >= (select coalesce(max(received_at), timestamp '1970-01-01 00:00:00') from {{this}})
  )
  {{/if}}
  group by events.org_id, events.pr_id
)
select
  merged.org_id,
  merged.pr_id,
  merged.session_id,
  coalesce(merged.author_id, sessions.user_id) as user_id,
  coalesce(merged.team_id, sessions.team_id) as team_id,
  coalesce(merged.project_id, sessions.project_id) as project_id,
  coalesce(merged.repository_id, sessions.repository_id) as repository_id,
  sessions.model,
  merged.pr_number,
  merged.title,
  merged.branch,
  coalesce(merged.created_by, case when merged.session_id is null then 'person' else 'agent' end) as created_by,
  case
    when merged.merged_at is not null then 'merged'
    when merged.closed_at is not null then 'closed'
    else 'open'
  end as pr_status,
  merged.major_revision,
  merged.additions,
  merged.deletions,
  merged.review_minutes,
  merged.opened_at,
  coalesce(merged.merged_at, merged.closed_at) as decided_at,
  cast(extract(epoch from (merged.merged_at - merged.opened_at)) as double precision) as time_to_merge_s,
  merged.received_at
from merged
left join {{ref "fct_sessions"}} as sessions
  on sessions.org_id = merged.org_id and sessions.session_id = merged.session_id
