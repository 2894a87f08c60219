select org_id, user_id, team_id from {{ref "dim_users"}} where team_id is not null
union
select org_id, manager_id as user_id, team_id from {{ref "dim_teams"}} where manager_id is not null
