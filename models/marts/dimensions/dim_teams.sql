with known as (
  select org_id, team_id from {{ref "stg_teams"}}
  union
  select org_id, team_id from {{ref "fct_sessions"}} where team_id is not null
)
select
  known.org_id,
  known.team_id,
  coalesce(teams.name, known.team_id) as name,
  teams.org_unit_id,
  teams.manager_id
from known
left join {{ref "stg_teams"}} as teams on teams.org_id = known.org_id and teams.team_id = known.team_id
