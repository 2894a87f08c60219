select * from {{rf "b"}} where day = {{day}}
