---
materialized: table
  tests: [unique]
---
select 1 as id
