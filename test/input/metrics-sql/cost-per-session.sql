-- by team_id
with bills as (
  select
    (d ->> 'session_id') as session,
    (d ->> 'team_id') as team_id,
    min(time) as time,
    sum(cast((d ->> 'amount') as double precision)) as whole,
    coalesce(sum(case when (d ->> 'kind') = 'tokens' then cast((d ->> 'amount') as double precision) end), 0) as tokens,
    coalesce(sum(case when (d ->> 'kind') = 'compute' then cast((d ->> 'amount') as double precision) end), 0) as compute,
    coalesce(sum(case when (d ->> 'kind') = 'storage' then cast((d ->> 'amount') as double precision) end), 0) as storage
  from events
  where type = 'agent.cost.recorded'
  group by (d ->> 'session_id'), (d ->> 'team_id')
  having count(*) = count((d ->> 'amount'))
)
select
  team_id,
  avg(whole) as cost_per_session,
  avg(tokens) as token_cost_per_session,
  avg(compute) as compute_cost_per_session,
  avg(storage) as storage_cost_per_session
from bills
where time >= timestamp '2026-02-16' and time < timestamp '2026-02-23'
group by team_id
