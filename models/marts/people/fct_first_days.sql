select org_id, user_id as new_user_id, min(started_at) as first_session_at
from {{ref "fct_sessions"}}
where user_id is not null
group by org_id, user_id
