select
  org_id,
  event_id,
  event_type,
  event_time,
  received_at,
  coalesce((data ->> 'pr_id'), subject) as pr_id,
  (data ->> 'session_id') as session_id,
  (data ->> 'author_id') as author_id,
  (data ->> 'team_id') as team_id,
  (data ->> 'project_id') as project_id,
  (data ->> 'repository_id') as repository_id,
  (data ->> 'number') as pr_number,
  (data ->> 'title') as title,
  (data ->> 'branch') as branch,
  (data ->> 'created_by') as created_by,
  (data ->> 'change') as change,
  cast((data ->> 'major') as boolean) as major,
  cast((data ->> 'additions') as bigint) as additions,
  cast((data ->> 'deletions') as bigint) as deletions,
  cast((data ->> 'review_minutes') as double precision) as review_minutes
from {{ref "stg_events"}}
where event_type in ('agent.pr.opened', 'agent.pr.updated', 'agent.pr.merged', 'agent.pr.closed')
