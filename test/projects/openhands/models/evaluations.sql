select
  agent,
  model,
  benchmark,
  score,
  metric,
  nullif(cast(average_runtime as double precision), 0) as runtime_s,
  cast(cast(submission_time as timestamp with time zone) as timestamp) as submitted_at,
  agent_version,
  (cast(metadata as json) ->> 'openness') as openness,
  cast((cast(metadata as json) ->> 'release_date') as date) as released_on,
  cast((cast(metadata as json) ->> 'output_price') as double precision) as output_price
from {{source "index" "scores"}}
