-- by team_id
select
  (d ->> 'team_id') as team_id,
  count(*) as data_access_events,
  count(case when (d ->> 'allowed') = 'false' then 1 end) as denied_accesses,
  count(distinct (d ->> 'repository_id')) as repositories_accessed
from events
where type = 'agent.access.recorded' and time >= timestamp '2026-02-16' and time < timestamp '2026-02-23'
group by (d ->> 'team_id')
