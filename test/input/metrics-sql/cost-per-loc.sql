-- by
with cost as (
  select sum(cast((d ->> 'amount') as double precision)) as usd
  from events
  where type = 'agent.cost.recorded' and time >= timestamp '2026-02-16' and time < timestamp '2026-02-23'
),
newest as (
  select
    e.subject,
    max(cast((e.d ->> 'loc_added') as int)) + max(cast((e.d ->> 'loc_modified') as int)) + max(cast((e.d ->> 'loc_deleted') as int)) as lines
  from events e
  where e.type = 'agent.session.ended'
  group by e.subject
)
select (select usd from cost) / sum(newest.lines) as cost_per_loc
from newest
join events b on b.type = 'agent.session.started' and b.subject = newest.subject
where b.time >= timestamp '2026-02-16' and b.time < timestamp '2026-02-23'
