-- by task_type where {task_type} in ('feature', 'bug_fix', 'docs')
select (d ->> 'task_type') as task_type, count(*) as task_type_distribution
from events
where type = 'agent.session.started' and time >= timestamp '2026-02-16' and time < timestamp '2026-02-23'
  and (d ->> 'task_type') is not null
group by (d ->> 'task_type')
