select org_id, team_id, coalesce(name, team_id) as name, org_unit_id, manager_id
from {{ref "stg_teams"}}
