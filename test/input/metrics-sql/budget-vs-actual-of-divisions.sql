-- by division where {division} = 'd1'
select
  sum(cast((d ->> 'amount') as double precision)) - 120 as budget_variance,
  'd1' as division
from events
where type = 'agent.cost.recorded' and time >= timestamp '2026-02-01' and time < timestamp '2026-02-23'
  and (d ->> 'team_id') in ('t1', 't2')
