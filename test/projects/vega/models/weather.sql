select cast(date as timestamp) as day, precipitation, temp_max, temp_min, wind, weather
from {{source "vega" "weather"}}
