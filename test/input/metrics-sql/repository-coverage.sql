-- by
select
  count(distinct w.repository) * 1.0 / count(distinct r.subject) as repository_coverage,
  count(distinct r.subject) as connected_repositories
from events r
left join (
  select distinct ((d ->> 'repository_id')) as repository
  from events
  where type = 'agent.session.started' and time >= timestamp '2026-02-16' and time < timestamp '2026-02-23'
) w on w.repository = r.subject
where r.type = 'org.repository.changed' and (r.d ->> 'connected') = 'true'
