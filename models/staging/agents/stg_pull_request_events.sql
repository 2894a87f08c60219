select
  events.org_id,
  events.source,
  events.event_id,
  events.event_type,
  events.event_time,
  events.received_at,
  events.stored_at,
  coalesce((data ->> 'pr_id'), subject) as pr_id,
  (data ->> 'session_id') as session_id,
  (data ->> 'author_id') as author_id,
  (data ->> 'author_email') as author_email,
  (data ->> 'team_id') as team_id,
  (data ->> 'project_id') as project_id,
  (data ->> 'repository_id') as repository_id,
  (data ->> 'agent') as agent,
  (data ->> 'number') as pr_number,
  (data ->> 'title') as title,
  (data ->> 'url') as url,
  (data ->> 'branch') as branch,
  (data ->> 'created_by') as created_by,
  (data ->> 'change') as change,
  cast((data ->> 'major') as boolean) as major,
  cast((data ->> 'revisions') as bigint) as revisions,
  cast((data ->> 'merged_at') as timestamp) as merged_at,
  cast((data ->> 'additions') as bigint) as additions,
  cast((data ->> 'deletions') as bigint) as deletions,
  cast((data ->> 'review_minutes') as double precision) as review_minutes
from {{ref "stg_events"}} as events
where events.event_type in ('agent.pr.opened', 'agent.pr.updated', 'agent.pr.merged', 'agent.pr.closed')
{{#if incremental}}
-- Commits overtake one another by less than this; what was read already is known by its identity.
and events.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
and not exists (
  select 1
  from {{this}} as known
  where known.org_id = events.org_id
    and known.source = events.source
    and known.event_id = events.event_id
    and known.stored_at >= {{watermark "stored_at"}} - interval '1 minute'
)
{{/if}}
