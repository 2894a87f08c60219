{{ config(materialized='table') }}
select *
from {{ ref('stg_orders') }} o
join {{ source('raw', 'customers') }} using (customer_id)
{% if is_incremental() %}
where ordered_at > (select max(ordered_at) from {{ this }})
{% endif %}
