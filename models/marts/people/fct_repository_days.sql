with worked as (
  select org_id, repository_id, date_trunc('day', started_at) as day
  from {{ref "fct_sessions"}}
  where repository_id is not null
  group by org_id, repository_id, date_trunc('day', started_at)
)
select
  repositories.org_id,
  repositories.repository_id,
  days.day,
  repositories.project_id,
  worked.repository_id is not null as active
from {{ref "stg_repositories"}} as repositories
join {{ref "dim_days"}} as days
  on days.org_id = repositories.org_id
  and days.is_past
  and repositories.known_since < days.day + interval '1 day'
  and (repositories.connected or repositories.changed_at >= days.day + interval '1 day')
left join worked
  on worked.org_id = repositories.org_id
  and worked.repository_id = repositories.repository_id
  and worked.day = days.day
