select
  agent || ' / ' || harness || ' / ' || model || ' / ' || benchmark || ' / ' || instance_id as run_id,
  agent,
  harness,
  model,
  benchmark,
  instance_id,
  resolved,
  nullif(cast(cost_usd as double precision), 0) as cost_usd
from {{source "index" "instance_results"}}
