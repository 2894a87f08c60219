select benchmark, count(distinct instance_id) as instances
from {{source "index" "instance_results"}}
group by benchmark
