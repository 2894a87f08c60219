with places as (
  select
    model,
    openness,
    released_on,
    output_price,
    row_number() over (partition by model order by submitted_at desc, agent, benchmark) as place
  from {{ref "evaluations"}}
)
select model, openness, cast(released_on as timestamp) as released_on, output_price
from places
where place = 1
