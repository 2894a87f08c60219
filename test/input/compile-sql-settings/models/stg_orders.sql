with dim_days as (select 1 as day)
select * from dim_days
