select {{ref "a" + }}
