select *
from {{ref "stg_order"}} o
join {{source "raw" "customer"}} c using (customer_id)
join {{source "rav" "customers"}} d using (customer_id)
