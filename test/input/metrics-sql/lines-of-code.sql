-- by team_id
with s as (
  select
    (b.d ->> 'team_id') as team_id,
    (select max(cast((e.d ->> 'loc_added') as int)) from events e where e.type = 'agent.session.ended' and e.subject = b.subject)
    + (select max(cast((e.d ->> 'loc_modified') as int)) from events e where e.type = 'agent.session.ended' and e.subject = b.subject)
    + (select max(cast((e.d ->> 'loc_deleted') as int)) from events e where e.type = 'agent.session.ended' and e.subject = b.subject)
      as lines
  from events b
  where b.type = 'agent.session.started' and b.time >= timestamp '2026-02-16' and b.time < timestamp '2026-02-23'
)
select team_id, sum(lines) as loc_changed from s group by team_id
