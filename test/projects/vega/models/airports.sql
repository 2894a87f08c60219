select iata, name, city, state, country
from {{source "vega" "airports"}}
