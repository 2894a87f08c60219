with changes as (
  select
    stg_lifecycle_changes.*,
    -- A change of something else says nothing of the owner.
    case when owner_id is not null or coalesce(change, 'owner') in ('created', 'owner') then 1 else 0 end as says_owner,
    case when status is not null or change in ('created', 'suspended', 'retired') then 1 else 0 end as says_status,
    lead(changed_at) over (partition by org_id, agent_id order by changed_at, received_at, event_id) as until_at,
    row_number() over (partition by org_id, agent_id order by changed_at, received_at, event_id) as place
  from {{ref "stg_lifecycle_changes"}} as stg_lifecycle_changes
),
runs as (
  select
    changes.*,
    sum(says_owner) over earlier as owner_run,
    sum(says_status) over earlier as status_run,
    count(name) over earlier as name_run,
    count(kind) over earlier as kind_run,
    count(version) over earlier as version_run,
    count(team_id) over earlier as team_run
  from changes
  window earlier as (partition by org_id, agent_id order by place)
)
select
  org_id,
  agent_id,
  place,
  changed_at as from_at,
  until_at,
  coalesce(change, 'changed') as change,
  reason,
  says_owner = 1 as says_owner,
  coalesce(max(name) over (partition by org_id, agent_id, name_run), agent_id) as name,
  max(kind) over (partition by org_id, agent_id, kind_run) as kind,
  max(version) over (partition by org_id, agent_id, version_run) as version,
  max(owner_id) over (partition by org_id, agent_id, owner_run) as owner_id,
  max(team_id) over (partition by org_id, agent_id, team_run) as team_id,
  coalesce(
    max(coalesce(status, case change when 'suspended' then 'suspended' when 'retired' then 'retired' end))
      over (partition by org_id, agent_id, status_run),
    'active'
  ) as status,
  received_at
from runs
