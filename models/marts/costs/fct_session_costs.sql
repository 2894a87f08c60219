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
  sum(cache_read_tokens) as cache_read_tokens
from {{ref "fct_costs"}}
where session_id is not null
group by org_id, session_id
