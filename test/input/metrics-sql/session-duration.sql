-- by team_id
with s as (
  select
    (b.d ->> 'team_id') as team_id,
    (select extract(epoch from max(e.time) - b.time) from events e where e.type = 'agent.session.ended' and e.subject = b.subject)
      as seconds
  from events b
  where b.type = 'agent.session.started' and b.time >= timestamp '2026-02-16' and b.time < timestamp '2026-02-23'
)
select
  team_id,
  avg(seconds) as session_duration_avg,
  percentile_cont(0.5) within group (order by seconds) as session_duration_p50,
  percentile_cont(0.9) within group (order by seconds) as session_duration_p90,
  percentile_cont(0.99) within group (order by seconds) as session_duration_p99
from s
where seconds is not null
group by team_id
