with changes as (
  select
    org_id,
    coalesce((data ->> 'model'), subject) as model,
    (data ->> 'name') as name,
    (data ->> 'provider') as provider,
    cast((data ->> 'input_price') as double precision) as input_price,
    cast((data ->> 'output_price') as double precision) as output_price,
    cast((data ->> 'cache_read_price') as double precision) as cache_read_price,
    event_time as changed_at,
    received_at,
    row_number() over (
      partition by org_id, coalesce((data ->> 'model'), subject)
      order by event_time desc, received_at desc
    ) as newest
  from {{ref "stg_rare_events"}}
  where event_type = 'org.ai_model.changed'
)
select org_id, model, name, provider, input_price, output_price, cache_read_price, changed_at, received_at
from changes
where newest = 1
