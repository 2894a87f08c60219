-- by language where {language} in ('typescript', 'go', 'python')
select (d ->> 'language') as language, count(*) as language_distribution
from events
where type = 'agent.session.started' and time >= timestamp '2026-02-16' and time < timestamp '2026-02-23'
  and (d ->> 'language') is not null
group by (d ->> 'language')
