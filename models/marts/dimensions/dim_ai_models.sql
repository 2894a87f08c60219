with known as (
  select org_id, model from {{ref "stg_ai_models"}}
  union
  select org_id, model from {{ref "fct_sessions"}} where model is not null
)
select
  known.org_id,
  known.model,
  coalesce(models.name, known.model) as name,
  models.provider,
  models.input_price,
  models.output_price,
  models.cache_read_price
from known
left join {{ref "stg_ai_models"}} as models on models.org_id = known.org_id and models.model = known.model
