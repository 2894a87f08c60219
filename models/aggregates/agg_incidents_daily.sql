-- A day is counted anew as its incidents change. A day whose detail is gone, all or most of it, stays as it was.
with incidents as (
  select org_id, occurred_at, team_id, 'security event' as incident, kind, severity, blocked
  from {{ref "fct_security_events"}}
  union all
  select org_id, occurred_at, team_id, 'policy violation', policy, severity, blocked
  from {{ref "fct_policy_violations"}}
),
fresh as (
  select
    org_id,
    cast(cast(occurred_at as date) as varchar) || '|' || coalesce(team_id, '') || '|' || incident
      || '|' || coalesce(kind, '') || '|' || severity as place,
    date_trunc('day', occurred_at) as day,
    max(team_id) as team_id,
    max(incident) as incident,
    max(kind) as kind,
    max(severity) as severity,
    count(*) as incidents,
    count(case when blocked then 1 end) as blocked
  from incidents
  group by
    org_id,
    date_trunc('day', occurred_at),
    cast(cast(occurred_at as date) as varchar) || '|' || coalesce(team_id, '') || '|' || incident
      || '|' || coalesce(kind, '') || '|' || severity
)
{{#if incremental}}
,
days as (
  select now.org_id, now.day
  from (select org_id, day, sum(incidents) as incidents from fresh group by org_id, day) as now
  left join (select org_id, day, sum(incidents) as incidents from {{this}} group by org_id, day) as before
    on before.org_id = now.org_id and before.day = now.day
  where now.incidents * 2 >= coalesce(before.incidents, 0)
),
counted as (
  select fresh.*
  from fresh
  join days on days.org_id = fresh.org_id and days.day = fresh.day
  union all
  select built.org_id, built.place, built.day, built.team_id, built.incident, built.kind, built.severity, 0, 0
  from {{this}} as built
  join days on days.org_id = built.org_id and days.day = built.day
  where not exists (select 1 from fresh where fresh.org_id = built.org_id and fresh.place = built.place)
)
select counted.*
from counted
left join {{this}} as built on built.org_id = counted.org_id and built.place = counted.place
where built.place is null or built.incidents <> counted.incidents or built.blocked <> counted.blocked
{{else}}
select * from fresh
{{/if}}
