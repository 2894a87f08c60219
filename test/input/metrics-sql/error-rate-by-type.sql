-- by team_id
with ends as (
  select
    subject,
    (d ->> 'status') as status,
    (d ->> 'error_type') as error,
    row_number() over (partition by subject order by time desc) as newest
  from events
  where type = 'agent.session.ended'
)
select
  (b.d ->> 'team_id') as team_id,
  avg(case when ends.status = 'failed' then 1.0 else 0 end) as error_rate,
  avg(case when ends.error = 'timeout' then 1.0 else 0 end) as timeout_rate,
  avg(case when ends.error = 'auth_failure' then 1.0 else 0 end) as auth_failure_rate,
  avg(case when ends.error = 'sandbox_crash' then 1.0 else 0 end) as sandbox_crash_rate,
  avg(case when ends.error = 'tool_error' then 1.0 else 0 end) as tool_error_rate,
  avg(case when ends.error = 'rate_limited' then 1.0 else 0 end) as rate_limited_rate,
  avg(case when ends.error = 'context_overflow' then 1.0 else 0 end) as context_overflow_rate,
  avg(case when ends.error = 'odd' then 1.0 else 0 end) as other_error_rate
from events b
join ends on ends.subject = b.subject and ends.newest = 1
where b.type = 'agent.session.started' and b.time >= timestamp '2026-02-16' and b.time < timestamp '2026-02-23'
group by (b.d ->> 'team_id')
