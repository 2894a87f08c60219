view: users {
  derived_table: {
    sql:
      SELECT id, country, upper(name) AS name
      FROM shop.people ;;
  }
  dimension: id {
    primary_key: yes
    type: number
  }
  dimension: country {
    type: string
  }
  dimension: name {}
  measure: count {
    type: count
  }
}
