with known as (
  select org_id, repository_id from {{ref "stg_repositories"}}
  union
  select org_id, repository_id from {{ref "fct_sessions"}} where repository_id is not null
)
select
  known.org_id,
  known.repository_id,
  coalesce(repositories.name, known.repository_id) as name,
  repositories.project_id,
  repositories.provider,
  repositories.language,
  repositories.framework,
  repositories.classification,
  coalesce(repositories.connected, false) as connected
from known
left join {{ref "stg_repositories"}} as repositories
  on repositories.org_id = known.org_id and repositories.repository_id = known.repository_id
