with x as (
  select 1 as id
)
select * from x join {{ref "c"}} using (id)
