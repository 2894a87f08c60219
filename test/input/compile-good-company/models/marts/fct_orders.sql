---
materialized: incremental
unique_key: order_id
---
select o.*, c.market
from {{ref "stg_orders"}} o
join {{source "raw" "markets"}} c using (org_id)
{{#if incremental}} where o.ordered_at > (select max(ordered_at) from {{this}}) {{/if}};
