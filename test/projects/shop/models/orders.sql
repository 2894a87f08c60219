with numbered as (
  select
    i,
    hash(i) % 1000 as a,
    hash(i + 100000) % 1000 as b,
    hash(i + 200000) % 1000 as c
  from range(6000) as r(i)
),
placed as (
  select
    *,
    timestamp '2025-03-01 00:00:00' + to_days(cast(i // 100 as integer))
      + to_hours(cast(8 + (a % 14) as integer)) + to_minutes(cast(b % 60 as integer)) as ordered_at,
    list_extract(['DE', 'FR', 'US', 'JP', 'United Kingdom', 'BRA', 'Atlantis'], cast(1 + least(6, (c * c) // 150000) as integer)) as country
  from numbered
)
select
  'x' as org_id,
  'o' || i as order_id,
  ordered_at,
  country,
  country || ' ' || list_extract(['North', 'South', 'West'], cast(1 + a % 3 as integer)) as region,
  country || ' ' || list_extract(['Old Town', 'Harbour', 'Hill', 'Park'], cast(1 + b % 4 as integer)) as city,
  list_extract(['web', 'app', 'phone', 'store'], cast(1 + (a * b) % 4 as integer)) as channel,
  list_extract(['Coats', 'Shirts', 'Shoes', 'Hats', 'Belts', 'Socks', 'Scarves', 'Gloves', 'Bags'], cast(1 + (c % 45) // 5 as integer)) as product,
  case when c % 10 < 7 then 'paid' when c % 10 < 9 then 'returned' else 'open' end as status,
  round(10 + (a * 3 + b) / 20.0 + (i // 100) * 0.6, 2) as amount,
  10 + (a % 50) + case when c % 20 = 0 then 200 else 0 end as delivery_minutes
from placed
