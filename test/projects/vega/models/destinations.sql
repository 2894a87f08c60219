select iata, city, state
from {{ref "airports"}}
