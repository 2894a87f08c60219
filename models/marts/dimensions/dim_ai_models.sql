with used as (
  select org_id, model, min(started_at) as first_used_at
  from {{ref "fct_sessions"}}
  where model is not null
  group by org_id, model
),
beginnings as (
  select org_id, min(first_used_at) as began_at from used group by org_id
),
known as (
  select org_id, model from {{ref "stg_ai_models"}}
  union
  select org_id, model from used
)
select
  known.org_id,
  known.model,
  coalesce(models.name, known.model) as name,
  models.provider,
  models.input_price,
  models.output_price,
  models.cache_read_price,
  used.first_used_at,
  -- What was there when the first events came was not rolled out then.
  case when used.first_used_at >= beginnings.began_at + interval '7 days' then used.first_used_at end as rolled_out_at
from known
left join used on used.org_id = known.org_id and used.model = known.model
left join beginnings on beginnings.org_id = known.org_id
left join {{ref "stg_ai_models"}} as models on models.org_id = known.org_id and models.model = known.model
