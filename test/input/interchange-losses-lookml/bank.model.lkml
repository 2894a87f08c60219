connection: "bank"

access_grant: can_see_iban { user_attribute: department allowed_values: ["audit"] }
datagroup: nightly { sql_trigger: SELECT current_date ;; }

explore: accounts {
  access_filter: { field: accounts.branch user_attribute: branch }
  sql_always_where: ${accounts.balance} > 0 ;;
  required_access_grants: [can_see_iban]
  join: rollup {
    type: inner
    relationship: one_to_one
    sql_on: ${accounts.id} = ${rollup.id} ;;
  }
  join: templated {
    relationship: one_to_many
    sql_on: ${accounts.id} = ${templated.id} AND ${templated.id} > 5 ;;
  }
  aggregate_table: daily { query: { dimensions: [opened_date] measures: [count] } materialization: { datagroup_trigger: nightly } }
}
