view: events {
  sql_table_name: {% if _user_attributes['env'] == 'prod' %} prod.events {% else %} dev.events {% endif %} ;;
  dimension: id { primary_key: yes type: number }
}
view: accounts {
  sql_table_name: bank.accounts ;;
  extends: [audited]

  parameter: grain { type: unquoted }
  filter: since { type: date }
  set: detail { fields: [id, balance] }

  dimension: id { primary_key: yes type: number }
  dimension: iban {
    type: string
    required_access_grants: [can_see_iban]
  }
  dimension: internal_note { hidden: yes type: string }
  dimension: balance_tier { type: tier tiers: [0, 100, 1000] sql: ${balance} ;; }
  dimension: balance { type: number html: <b>{{ value }}</b> ;; }
  dimension: chosen { type: string sql: {% parameter grain %} ;; }
  dimension: place { type: location sql_latitude: ${TABLE}.lat ;; sql_longitude: ${TABLE}.lon ;; }
  dimension_group: opened {
    type: time
    timeframes: [date, day_of_week, month_name]
    sql: ${TABLE}.opened_at ;;
  }
  dimension_group: open_for {
    type: duration
    intervals: [day, week]
    sql_start: ${TABLE}.opened_at ;;
    sql_end: ${TABLE}.closed_at ;;
  }

  measure: count { type: count drill_fields: [detail*] }
  measure: recent_count { type: count filters: [opened_date: "7 days"] }
  measure: owners { type: list list_field: owner }
  measure: distinct_total { type: sum_distinct sql_distinct_key: ${id} ;; sql: ${balance} ;; }
  measure: running { type: running_total sql: ${count} ;; }
  measure: ratio_in_one { type: number sql: SUM(${balance}) / COUNT(*) ;; }
  measure: twice { type: number sql: ${running} * 2 ;; }
}
view: rollup {
  derived_table: {
    explore_source: accounts { column: id {} }
  }
  dimension: id { type: number }
}
view: templated {
  derived_table: { sql: SELECT * FROM bank.moves WHERE {% condition since %} at {% endcondition %} ;; }
  dimension: id { type: number }
}
