select 1 as id
{{#if incremental}} where 1 = 1
