select
  org_id,
  'session ' || session_id as error_id,
  session_id,
  user_id,
  team_id,
  project_id,
  repository_id,
  model,
  'session' as error_source,
  error_type as error_kind,
  cast(null as varchar) as tool,
  error_message as error_detail,
  coalesce(ended_at, started_at) as occurred_at
from {{ref "fct_sessions"}}
where status = 'failed'
union all
select
  steps.org_id,
  'step ' || steps.step_id,
  steps.session_id,
  sessions.user_id,
  sessions.team_id,
  sessions.project_id,
  sessions.repository_id,
  sessions.model,
  'step',
  coalesce(steps.error_type, 'step_failed'),
  steps.tool,
  steps.error_message,
  steps.happened_at
from {{ref "fct_session_steps"}} as steps
left join {{ref "fct_sessions"}} as sessions
  on sessions.org_id = steps.org_id and sessions.session_id = steps.session_id
where steps.step_status = 'error'
