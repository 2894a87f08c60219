select
  events.org_id,
  events.source,
  events.event_id,
  events.event_type,
  events.event_time,
  events.received_at,
  events.stored_at,
  coalesce((data ->> 'session_id'), subject) as session_id,
  (data ->> 'parent_session_id') as parent_session_id,
  (data ->> 'user_id') as user_id,
  (data ->> 'user_email') as user_email,
  (data ->> 'team_id') as team_id,
  (data ->> 'project_id') as project_id,
  (data ->> 'repository_id') as repository_id,
  (data ->> 'branch') as branch,
  (data ->> 'agent_id') as agent_id,
  (data ->> 'agent') as agent,
  (data ->> 'agent_version') as agent_version,
  (data ->> 'model') as model,
  (data ->> 'mode') as mode,
  (data ->> 'task_type') as task_type,
  (data ->> 'complexity') as complexity,
  (data ->> 'language') as language,
  (data ->> 'framework') as framework,
  (data ->> 'environment') as environment,
  (data ->> 'region') as region,
  (data ->> 'country') as country,
  (data ->> 'trigger') as trigger_kind,
  (data ->> 'configuration') as configuration,
  coalesce(cast((data ->> 'is_daily_total') as boolean), false) as is_daily_total,
  (data ->> 'kind') as output_kind,
  (data ->> 'status') as status,
  (data ->> 'error_type') as error_type,
  (data ->> 'error_message') as error_message,
  cast((data ->> 'duration_ms') as double precision) as duration_ms,
  cast((data ->> 'loc_added') as bigint) as loc_added,
  cast((data ->> 'loc_modified') as bigint) as loc_modified,
  cast((data ->> 'loc_deleted') as bigint) as loc_deleted,
  cast((data ->> 'files_changed') as bigint) as files_changed,
  cast((data ->> 'commits') as bigint) as commits,
  cast((data ->> 'steps') as bigint) as steps,
  cast((data ->> 'time_saved_minutes') as double precision) as time_saved_minutes,
  cast((data ->> 'review_minutes') as double precision) as review_minutes
from {{ref "stg_events"}} as events
where events.event_type in ('agent.session.started', 'agent.session.output', 'agent.session.ended')
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
