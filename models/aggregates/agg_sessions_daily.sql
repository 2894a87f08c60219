-- A day is counted anew as its sessions change. A day whose detail is gone, all or most of it, stays as it was.
with fresh as (
  select
    org_id,
    cast(cast(started_at as date) as varchar) || '|' || coalesce(team_id, '') || '|' || coalesce(project_id, '')
      || '|' || coalesce(model, '') || '|' || agent || '|' || mode || '|' || environment as place,
    date_trunc('day', started_at) as day,
    max(team_id) as team_id,
    max(project_id) as project_id,
    max(model) as model,
    max(agent) as agent,
    max(mode) as mode,
    max(environment) as environment,
    count(*) as sessions,
    count(case when status = 'completed' then 1 end) as completed,
    count(case when status = 'failed' then 1 end) as failed,
    count(case when status = 'cancelled' then 1 end) as cancelled,
    cast(sum(loc_changed) as bigint) as loc_changed,
    cast(sum(round(coalesce(duration_s, 0))) as bigint) as duration_s,
    cast(sum(round(coalesce(time_saved_minutes, 0))) as bigint) as time_saved_minutes
  from {{ref "fct_sessions"}}
  group by
    org_id,
    date_trunc('day', started_at),
    cast(cast(started_at as date) as varchar) || '|' || coalesce(team_id, '') || '|' || coalesce(project_id, '')
      || '|' || coalesce(model, '') || '|' || agent || '|' || mode || '|' || environment
)
{{#if incremental}}
,
days as (
  select now.org_id, now.day
  from (select org_id, day, sum(sessions) as sessions from fresh group by org_id, day) as now
  left join (select org_id, day, sum(sessions) as sessions from {{this}} group by org_id, day) as before
    on before.org_id = now.org_id and before.day = now.day
  where now.sessions * 2 >= coalesce(before.sessions, 0)
),
counted as (
  select fresh.*
  from fresh
  join days on days.org_id = fresh.org_id and days.day = fresh.day
  union all
  select
    built.org_id, built.place, built.day, built.team_id, built.project_id, built.model, built.agent, built.mode,
    built.environment, 0, 0, 0, 0, 0, 0, 0
  from {{this}} as built
  join days on days.org_id = built.org_id and days.day = built.day
  where not exists (select 1 from fresh where fresh.org_id = built.org_id and fresh.place = built.place)
)
select counted.*
from counted
left join {{this}} as built on built.org_id = counted.org_id and built.place = counted.place
where built.place is null
  or built.sessions <> counted.sessions
  or built.completed <> counted.completed
  or built.failed <> counted.failed
  or built.cancelled <> counted.cancelled
  or built.loc_changed <> counted.loc_changed
  or built.duration_s <> counted.duration_s
  or built.time_saved_minutes <> counted.time_saved_minutes
{{else}}
select * from fresh
{{/if}}
