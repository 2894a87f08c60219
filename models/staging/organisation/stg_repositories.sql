with changes as (
  select
    stg_repository_changes.*,
    min(changed_at) over (partition by org_id, repository_id) as known_since,
    row_number() over (partition by org_id, repository_id order by changed_at desc, received_at desc) as newest
  from {{ref "stg_repository_changes"}} as stg_repository_changes
)
select
  org_id,
  repository_id,
  name,
  project_id,
  team_id,
  provider,
  language,
  framework,
  classification,
  connected and not deleted as connected,
  known_since,
  changed_at,
  received_at
from changes
where newest = 1
