-- by team_id
with ends as (
  select subject, (d ->> 'status') as status, row_number() over (partition by subject order by time desc) as newest
  from events
  where type = 'agent.session.ended'
)
select (b.d ->> 'team_id') as team_id, avg(case when ends.status = 'completed' then 1.0 else 0 end) as success_rate
from events b
join ends on ends.subject = b.subject and ends.newest = 1
where b.type = 'agent.session.started' and b.time >= timestamp '2026-02-16' and b.time < timestamp '2026-02-23'
group by (b.d ->> 'team_id')
