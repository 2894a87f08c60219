with used as (
  select org_id, agent_id, max(started_at) as last_used_at, count(*) as sessions, max(agent) as kind, max(team_id) as team_id
  from {{ref "fct_sessions"}}
  where agent_id is not null
  group by org_id, agent_id
),
changes as (
  select org_id, agent_id, min(changed_at) as registered_at, sum(case when owner_changed then 1 else 0 end) as owner_changes
  from {{ref "fct_agent_changes"}}
  group by org_id, agent_id
),
known as (
  select org_id, agent_id from used
  union
  select org_id, agent_id from changes
),
joined as (
  select
    known.org_id,
    known.agent_id,
    coalesce(spans.name, known.agent_id) as name,
    coalesce(spans.kind, used.kind) as kind,
    spans.version,
    coalesce(spans.status, 'unregistered') as status,
    spans.owner_id,
    coalesce(spans.team_id, used.team_id, owners.team_id) as team_id,
    changes.registered_at,
    spans.from_at as changed_at,
    coalesce(changes.owner_changes, 0) as ownership_changes,
    used.last_used_at,
    coalesce(used.sessions, 0) as sessions,
    case
      when spans.agent_id is null or spans.status = 'retired' then null
      when spans.owner_id is null then 'no owner'
      when not owners.active then 'owner left'
    end as orphan_reason
  from known
  left join used on used.org_id = known.org_id and used.agent_id = known.agent_id
  left join changes on changes.org_id = known.org_id and changes.agent_id = known.agent_id
  left join {{ref "int_agent_spans"}} as spans
    on spans.org_id = known.org_id and spans.agent_id = known.agent_id and spans.until_at is null
  left join {{ref "stg_users"}} as owners on owners.org_id = spans.org_id and owners.user_id = spans.owner_id
)
select joined.*, orphan_reason is not null as orphaned from joined
