-- by control_framework
with last as (
  select
    (d ->> 'framework') as framework,
    (d ->> 'status') as status,
    cast((d ->> 'weight') as double precision) as weight,
    row_number() over (partition by (d ->> 'framework'), subject order by time desc) as newest
  from events
  where type = 'compliance.control.assessed' and time < timestamp '2026-02-23'
)
select
  framework as control_framework,
  sum(weight * case status when 'pass' then 1 when 'partial' then 0.5 else 0 end) / sum(weight) as compliance_score
from last
where newest = 1 and status <> 'not_applicable'
group by framework
