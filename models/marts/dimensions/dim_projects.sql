select org_id, project_id, coalesce(name, project_id) as name, team_id
from {{ref "stg_projects"}}
