-- by severity
select
  (d ->> 'severity') as severity,
  count(*) as policy_violations,
  count(case when (d ->> 'blocked') = 'true' then 1 end) as blocked_violations
from events
where type = 'security.policy_violation' and time >= timestamp '2026-02-16' and time < timestamp '2026-02-23'
group by (d ->> 'severity')
