select * from {{ref}} join {{ref "a" "b"}} join {{> part}}
