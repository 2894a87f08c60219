---
materialized: incremental
---
select * from stg_orders join dim_days on true
