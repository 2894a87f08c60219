with
{{#if incremental}}
fresh as (
  select distinct org_id, session_id
  from {{ref "fct_costs"}}
  where stored_at >= {{watermark "stored_at"}} - interval '1 minute' and session_id is not null
),
{{/if}}
summed as (
  select
    org_id,
    session_id as priced_session_id,
    sum(amount_usd) as cost_usd,
    sum(case when cost_kind = 'tokens' then amount_usd end) as tokens_usd,
    sum(case when cost_kind = 'compute' then amount_usd end) as compute_usd,
    sum(case when cost_kind = 'storage' then amount_usd end) as storage_usd,
    bool_and(cost_known) as cost_known,
    sum(input_tokens) as input_tokens,
    sum(output_tokens) as output_tokens,
    sum(cache_read_tokens) as cache_read_tokens,
    sum(event_count) as event_count,
    max(stored_at) as stored_at
  from {{ref "fct_costs"}}
  where session_id is not null
  {{#if incremental}}
  and (org_id, session_id) in (select org_id, session_id from fresh)
  {{/if}}
  group by org_id, session_id
)
select summed.*
from summed
{{#if incremental}}
where not exists (
  select 1
  from {{this}} as known
  where known.org_id = summed.org_id
    and known.priced_session_id = summed.priced_session_id
    and known.event_count = summed.event_count
    and known.stored_at is not distinct from summed.stored_at
)
{{/if}}
