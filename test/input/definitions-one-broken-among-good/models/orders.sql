---
materialized: tables
---
select 1 as a
