-- by team_id
-- As of Sunday the 22nd: five workdays and one Saturday are left; the 28 days before began on the 25th of January, but
-- a team is looked at from its first cost on.
with costs as (
  select (d ->> 'team_id') as team_id, time, cast((d ->> 'amount') as double precision) as usd
  from events
  where type = 'agent.cost.recorded'
),
pace as (
  select
    team_id,
    sum(case when extract(isodow from time) < 6 then usd end) / 15 as workday,
    sum(case when extract(isodow from time) > 5 then usd end) / 5 as day_off
  from costs
  where time < timestamp '2026-02-22'
  group by team_id
)
select
  costs.team_id,
  sum(costs.usd) + 5 * max(pace.workday) + 1 * max(pace.day_off) as spend_forecast
from costs
join pace on pace.team_id = costs.team_id
where costs.time >= timestamp '2026-02-01' and costs.time < timestamp '2026-02-23'
group by costs.team_id
