---
materialised: tabel
unique_key: 7
columns:
  - name: id
    tests: [uniqe]
---
select 1 as id
