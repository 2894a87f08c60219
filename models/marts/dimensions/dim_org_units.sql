with recursive units as (
  select org_id, org_unit_id, coalesce(name, org_unit_id) as name, parent_id
  from {{ref "stg_org_units"}}
),
tree as (
  select
    units.org_id,
    units.org_unit_id,
    1 as level,
    units.name as path,
    units.name as level_1,
    cast(null as varchar) as level_2,
    cast(null as varchar) as level_3
  from units
  left join units as parent on parent.org_id = units.org_id and parent.org_unit_id = units.parent_id
  where parent.org_unit_id is null
  union all
  select
    units.org_id,
    units.org_unit_id,
    tree.level + 1,
    tree.path || ' / ' || units.name,
    tree.level_1,
    case when tree.level = 1 then units.name else tree.level_2 end,
    case when tree.level = 2 then units.name else tree.level_3 end
  from tree
  join units on units.org_id = tree.org_id and units.parent_id = tree.org_unit_id
  where tree.level < 20
)
-- A unit below itself has no way to a root: it stays, at level 1.
select
  units.org_id,
  units.org_unit_id,
  units.name,
  units.parent_id,
  coalesce(tree.level, 1) as level,
  coalesce(tree.path, units.name) as path,
  coalesce(tree.level_1, units.name) as company,
  coalesce(tree.level_2, tree.level_1, units.name) as division,
  coalesce(tree.level_3, tree.level_2, tree.level_1, units.name) as department
from units
left join tree on tree.org_id = units.org_id and tree.org_unit_id = units.org_unit_id
