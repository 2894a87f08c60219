select
  ("Title" ->> '$') as title,
  "US Gross" as us_gross,
  "Worldwide Gross" as worldwide_gross,
  "Production Budget" as production_budget,
  "MPAA Rating" as rating,
  "Major Genre" as genre,
  "Director" as director,
  "IMDB Rating" as imdb_rating,
  "IMDB Votes" as "order"
from {{source "vega" "movies"}}
