select * from {{ref "b"}}
