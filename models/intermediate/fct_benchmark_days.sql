select days.org_id, days.day, benchmarks.benchmark, benchmarks.value, benchmarks.meaning
from {{ref "dim_days"}} as days
cross join {{ref "benchmarks"}} as benchmarks
