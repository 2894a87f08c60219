-- by team_id
select
  (d ->> 'team_id') as team_id,
  sum(case when time >= timestamp '2026-02-16' then cast((d ->> 'amount') as double precision) end) as total_spend,
  sum(case when time >= timestamp '2026-02-01' then cast((d ->> 'amount') as double precision) end) as spend_mtd,
  sum(cast((d ->> 'amount') as double precision)) as spend_qtd
from events
where type = 'agent.cost.recorded' and time >= timestamp '2026-01-01' and time < timestamp '2026-02-23'
group by (d ->> 'team_id')
