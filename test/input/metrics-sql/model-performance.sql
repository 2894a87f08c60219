-- by model where {model} in ('claude-sonnet-4-6', 'gpt-5.2-codex', 'gemini-3-pro')
with ends as (
  select
    subject,
    (d ->> 'status') as status,
    time,
    row_number() over (partition by subject order by time desc) as newest
  from events
  where type = 'agent.session.ended'
)
select
  (b.d ->> 'model') as model,
  avg(case when ends.status = 'completed' then 1.0 else 0 end) as model_performance,
  percentile_cont(0.5) within group (order by extract(epoch from ends.time - b.time)) as session_duration_p50
from events b
join ends on ends.subject = b.subject and ends.newest = 1
where b.type = 'agent.session.started'
  and b.time >= timestamp '2026-02-16'
  and b.time < timestamp '2026-02-23'
  and (b.d ->> 'model') is not null
group by (b.d ->> 'model')
