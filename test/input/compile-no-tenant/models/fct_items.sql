select * from {{ref "stg_items"}}
