with known as (
  select org_id, project_id from {{ref "stg_projects"}}
  union
  select org_id, project_id from {{ref "fct_sessions"}} where project_id is not null
)
select
  known.org_id,
  known.project_id,
  coalesce(projects.name, known.project_id) as name,
  projects.team_id
from known
left join {{ref "stg_projects"}} as projects
  on projects.org_id = known.org_id and projects.project_id = known.project_id
