-- by team_id
with seats as (
  -- Given back on the 18th, before that day ended: it was there on the 16th and 17th.
  select (u.d ->> 'team_id') as team_id, count(distinct s.subject) as n
  from events s
  join events u on u.type = 'org.user.changed' and u.subject = (s.d ->> 'user_id')
  where s.type = 'seat.changed' and (s.d ->> 'status') = 'assigned'
  group by (u.d ->> 'team_id')
),
users as (
  select (d ->> 'team_id') as team_id, count(distinct (d ->> 'user_id')) as n
  from events
  where type = 'agent.session.started' and time >= timestamp '2026-02-16' and time < timestamp '2026-02-23'
  group by (d ->> 'team_id')
)
select seats.team_id, users.n * 1.0 / seats.n as adoption_rate from seats join users on users.team_id = seats.team_id
