-- by team_id
select
  (b.d ->> 'team_id') as team_id,
  percentile_cont(0.5) within group (order by extract(epoch from o.time - b.time)) as time_to_first_output
from events b
join events o on o.type = 'agent.session.output' and o.subject = b.subject
where b.type = 'agent.session.started' and b.time >= timestamp '2026-02-16' and b.time < timestamp '2026-02-23'
group by (b.d ->> 'team_id')
