-- A day is counted anew as its costs change. A day whose detail is gone, all or most of it, stays as it was.
with fresh as (
  select
    org_id,
    cast(cast(incurred_at as date) as varchar) || '|' || coalesce(team_id, '') || '|' || coalesce(project_id, '')
      || '|' || coalesce(model, '') || '|' || cost_kind as place,
    date_trunc('day', incurred_at) as day,
    max(team_id) as team_id,
    max(project_id) as project_id,
    max(model) as model,
    max(cost_kind) as cost_kind,
    count(*) as costs,
    count(case when not cost_known then 1 end) as unknown_costs,
    coalesce(sum(amount_usd), 0) as amount_usd,
    cast(sum(input_tokens + output_tokens + cache_read_tokens + cache_write_tokens) as bigint) as tokens
  from {{ref "fct_costs"}}
  group by
    org_id,
    date_trunc('day', incurred_at),
    cast(cast(incurred_at as date) as varchar) || '|' || coalesce(team_id, '') || '|' || coalesce(project_id, '')
      || '|' || coalesce(model, '') || '|' || cost_kind
)
{{#if incremental}}
,
days as (
  select now.org_id, now.day
  from (select org_id, day, sum(costs) as costs from fresh group by org_id, day) as now
  left join (select org_id, day, sum(costs) as costs from {{this}} group by org_id, day) as before
    on before.org_id = now.org_id and before.day = now.day
  where now.costs * 2 >= coalesce(before.costs, 0)
),
counted as (
  select fresh.*
  from fresh
  join days on days.org_id = fresh.org_id and days.day = fresh.day
  union all
  select
    built.org_id, built.place, built.day, built.team_id, built.project_id, built.model, built.cost_kind, 0, 0, 0, 0
  from {{this}} as built
  join days on days.org_id = built.org_id and days.day = built.day
  where not exists (select 1 from fresh where fresh.org_id = built.org_id and fresh.place = built.place)
)
select counted.*
from counted
left join {{this}} as built on built.org_id = counted.org_id and built.place = counted.place
where built.place is null
  or built.costs <> counted.costs
  or built.unknown_costs <> counted.unknown_costs
  or abs(built.amount_usd - counted.amount_usd) > 0.000001
  or built.tokens <> counted.tokens
{{else}}
select * from fresh
{{/if}}
