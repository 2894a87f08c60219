with
{{#if incremental}}
fresh as (
  select org_id, coalesce(session_id, cost_id) as bill
  from {{ref "stg_costs"}}
  where stored_at >= {{watermark "stored_at"}} - interval '1 minute'
  union
  select org_id, session_id
  from {{ref "fct_sessions"}}
  where stored_at >= {{watermark "stored_at"}} - interval '1 minute'
),
-- What a cost knows comes from its own events and from its session; whether a session is priced, from all its costs.
touched as (
  select costs.org_id, coalesce(costs.session_id, costs.cost_id) as bill
  from (
    select org_id, cost_id, max(session_id) as session_id, count(*) as event_count
    from {{ref "stg_costs"}}
    where (org_id, coalesce(session_id, cost_id)) in (select org_id, bill from fresh)
    group by org_id, cost_id
  ) as costs
  left join {{this}} as built on built.org_id = costs.org_id and built.cost_id = costs.cost_id
  left join {{ref "fct_sessions"}} as sessions
    on sessions.org_id = costs.org_id and sessions.session_id = costs.session_id
  where built.cost_id is null
    or built.event_count <> costs.event_count
    or built.session_event_count <> coalesce(sessions.event_count, 0)
    or built.stored_at < sessions.stored_at
  -- What the directory says since of the person or the repository at that time.
  union
  select built.org_id, coalesce(built.session_id, built.cost_id)
  from {{this}} as built
  join {{ref "int_people"}} as people
    on people.org_id = built.org_id
    and people.identity = lower(built.user_id)
    and built.incurred_at >= people.valid_from
    and built.incurred_at < people.valid_to
  where people.stored_at >= {{watermark "stored_at"}} - interval '1 minute' and people.stored_at > built.stored_at
  union
  select built.org_id, coalesce(built.session_id, built.cost_id)
  from {{this}} as built
  join {{ref "int_repositories"}} as repositories
    on repositories.org_id = built.org_id
    and repositories.repository_id = built.repository_id
    and built.incurred_at >= repositories.valid_from
    and built.incurred_at < repositories.valid_to
  where repositories.stored_at >= {{watermark "stored_at"}} - interval '1 minute' and repositories.stored_at > built.stored_at
),
{{/if}}
newest as (
  select
    costs.*,
    count(*) over (partition by costs.org_id, costs.cost_id) as event_count,
    row_number() over (
      partition by costs.org_id, costs.cost_id order by costs.event_time desc, costs.received_at desc, costs.event_id desc
    ) as place
  from {{ref "stg_costs"}} as costs
  {{#if incremental}}
  where (costs.org_id, coalesce(costs.session_id, costs.cost_id)) in (select org_id, bill from touched)
  {{/if}}
),
priced as (
  select
    newest.*,
    -- Agents that do not know their cost send 0 beside the tokens they used.
    case
      when currency <> 'USD' then null
      when amount = 0 and coalesce(input_tokens, 0) + coalesce(output_tokens, 0) > 0 then null
      else amount
    end as amount_usd
  from newest
  where place = 1
)
select
  priced.org_id,
  priced.cost_id,
  priced.session_id,
  coalesce(people.user_id, priced.user_id, priced.user_email, sessions.user_id) as user_id,
  coalesce(priced.team_id, sessions.team_id, people.team_id) as team_id,
  coalesce(priced.project_id, sessions.project_id, repositories.project_id) as project_id,
  coalesce(priced.repository_id, sessions.repository_id) as repository_id,
  coalesce(priced.model, sessions.model) as model,
  coalesce(priced.cost_kind, 'other') as cost_kind,
  priced.event_time as incurred_at,
  priced.amount_usd,
  priced.amount_usd is not null as cost_known,
  priced.session_id is not null
    and count(*) over (partition by priced.org_id, priced.session_id)
    = count(priced.amount_usd) over (partition by priced.org_id, priced.session_id) as session_cost_known,
  priced.imputed,
  priced.quantity,
  priced.unit,
  coalesce(priced.input_tokens, 0) as input_tokens,
  coalesce(priced.output_tokens, 0) as output_tokens,
  coalesce(priced.cache_read_tokens, 0) as cache_read_tokens,
  coalesce(priced.cache_write_tokens, 0) as cache_write_tokens,
  priced.event_count,
  coalesce(sessions.event_count, 0) as session_event_count,
  priced.received_at,
  greatest(
    priced.stored_at,
    coalesce(sessions.stored_at, priced.stored_at),
    coalesce(people.stored_at, priced.stored_at),
    coalesce(repositories.stored_at, priced.stored_at)
  ) as stored_at
from priced
left join {{ref "fct_sessions"}} as sessions
  on sessions.org_id = priced.org_id and sessions.session_id = priced.session_id
left join {{ref "int_people"}} as people
  on people.org_id = priced.org_id
  and people.identity = lower(coalesce(priced.user_id, priced.user_email))
  and priced.event_time >= people.valid_from
  and priced.event_time < people.valid_to
left join {{ref "int_repositories"}} as repositories
  on repositories.org_id = priced.org_id
  and repositories.repository_id = priced.repository_id
  and priced.event_time >= repositories.valid_from
  and priced.event_time < repositories.valid_to
