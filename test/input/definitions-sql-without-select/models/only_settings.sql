---
materialized: table
---

