-- The file writes local times as 2001/01/01 00:47.
select
  cast(replace(date, '/', '-') as timestamp) as departed_at,
  cast(delay as double precision) as delay_min,
  distance as distance_miles,
  origin,
  destination
from {{source "vega" "flights"}}
