-- by team_id
with prs as (
  select
    (o.d ->> 'team_id') as team_id,
    (select count(*) from events m where m.type = 'agent.pr.merged' and m.subject = o.subject) as merged,
    (select count(*) from events c where c.type = 'agent.pr.closed' and c.subject = o.subject) as closed,
    (select count(*) from events u where u.type = 'agent.pr.updated' and (u.d ->> 'major') = 'true' and u.subject = o.subject) as revised
  from events o
  where o.type = 'agent.pr.opened' and (o.d ->> 'created_by') = 'agent' and o.time >= timestamp '2026-02-16' and o.time < timestamp '2026-02-23'
)
select team_id, avg(case when merged > 0 and revised = 0 then 1.0 else 0 end) as pr_merge_rate
from prs
where merged + closed > 0
group by team_id
