-- by team_id where {team_id} = 't2'
with ends as (
  select subject, (d ->> 'status') as status, row_number() over (partition by subject order by time desc) as newest
  from events
  where type = 'agent.session.ended'
),
sessions as (
  select
    count(distinct (b.d ->> 'user_id')) as users,
    avg(case when ends.status = 'completed' then 1.0 when ends.status is not null then 0 end) as success
  from events b
  left join ends on ends.subject = b.subject and ends.newest = 1
  where b.type = 'agent.session.started' and (b.d ->> 'team_id') = 't2'
    and b.time >= timestamp '2026-02-16' and b.time < timestamp '2026-02-23'
),
prs as (
  select
    o.subject,
    (select count(*) from events m where m.type = 'agent.pr.merged' and m.subject = o.subject) as merged,
    (select count(*) from events c where c.type = 'agent.pr.closed' and c.subject = o.subject) as closed,
    (select count(*) from events u where u.type = 'agent.pr.updated' and (u.d ->> 'major') = 'true' and u.subject = o.subject) as revised
  from events o
  where o.type = 'agent.pr.opened' and (o.d ->> 'created_by') = 'agent' and (o.d ->> 'team_id') = 't2'
    and o.time >= timestamp '2026-02-16' and o.time < timestamp '2026-02-23'
)
-- u2, u5, u8 and u11 have the team's four seats.
select
  't2' as team_id,
  40 * least(sessions.users / 4.0, 1) + 40 * sessions.success
    + 20 * (select avg(case when merged > 0 and revised = 0 then 1.0 else 0 end) from prs where merged + closed > 0)
    as team_leaderboard
from sessions
