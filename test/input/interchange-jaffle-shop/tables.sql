create schema jaffle;
create table jaffle.locations as select * from (values
  ('l1', 'Philadelphia', 0.06, timestamp '2023-09-01'), ('l2', 'Brooklyn', 0.04, timestamp '2024-01-15'), ('l3', 'Chicago', 0.0625, timestamp '2024-02-01')
) t(location_id, location_name, tax_rate, opened_date);
create table jaffle.products as select 'p' || i as product_id, 'Product ' || i as product_name,
  case when i % 2 = 0 then 'jaffle' else 'beverage' end as product_type, (i * 3 + 1)::double as product_price
from range(1, 7) r(i);
create table jaffle.orders as select 'o' || i as order_id, 'c' || (1 + (i * 7) % 9) as customer_id, 'l' || (1 + i % 3) as location_id,
  ((i * 13) % 41 + 2)::double as order_total, ((i * 13) % 41 + 2) * 0.05 as tax_paid, i % 3 <> 0 as is_food_order, i % 4 <> 1 as is_drink_order,
  1 + i // 9 as customer_order_number, timestamp '2024-01-03 09:00:00' + interval (i * 19) hour as ordered_at,
  timestamp '2024-01-03 09:00:00' + interval (i * 19 + 60) hour as delivered_at
from range(150) r(i);
create table jaffle.order_items as select 'i' || i as order_item_id, 'o' || (i % 150) as order_id, product_id, product_price,
  product_price * 0.4 as supply_cost, product_type = 'jaffle' as is_food_item, product_type = 'beverage' as is_drink_item,
  timestamp '2024-01-03 09:00:00' + interval ((i % 150) * 19) hour as ordered_at
from range(400) r(i) join jaffle.products on product_id = 'p' || (1 + (i * 5) % 6);
create table jaffle.customers as select customer_id, 'Customer ' || customer_id as customer_name, case when customer_id < 'c5' then 'new' else 'returning' end as customer_type,
  min(ordered_at) as first_ordered_at, sum(order_total) as lifetime_spend
from jaffle.orders group by customer_id;
