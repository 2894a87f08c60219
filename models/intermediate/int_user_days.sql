select
  org_id,
  user_id,
  date_trunc('day', started_at) as day,
  count(*) as sessions
from {{ref "fct_sessions"}}
where user_id is not null
group by org_id, user_id, date_trunc('day', started_at)
