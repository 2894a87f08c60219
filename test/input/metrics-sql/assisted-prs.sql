-- by team_id
-- People's own pull requests say no team: their authors' logins and e-mails do.
with prs as (
  select
    coalesce(
      (o.d ->> 'team_id'),
      (
        select max(u.d ->> 'team_id')
        from events u
        where u.type = 'org.user.changed'
          and ((u.d ->> 'login') = (o.d ->> 'author_id') or (u.d ->> 'email') = (o.d ->> 'author_email'))
      )
    ) as team_id,
    (o.d ->> 'created_by') = 'agent' as assisted,
    (select extract(epoch from m.time - o.time) from events m where m.type = 'agent.pr.merged' and m.subject = o.subject)
      as seconds
  from events o
  where o.type = 'agent.pr.opened' and o.time >= timestamp '2026-02-16' and o.time < timestamp '2026-02-23'
)
select
  team_id,
  count(case when assisted then 1 end) as assisted_prs,
  count(case when not assisted then 1 end) as other_prs,
  percentile_cont(0.5) within group (order by seconds) as pr_cycle_time
from prs
group by team_id
