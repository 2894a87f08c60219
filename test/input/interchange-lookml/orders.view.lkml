view: orders {
  sql_table_name: shop.orders ;;
  label: "Customer orders"

  dimension: id {
    primary_key: yes
    type: number
    sql: ${TABLE}.id ;;
  }
  dimension: user_id {
    type: number
    sql: ${TABLE}.user_id ;;
  }
  dimension: status {
    type: string
    description: "Where the order stands."
    sql: ${TABLE}.status ;;
  }
  dimension: sale_price {
    type: number
    value_format_name: usd
    sql: ${TABLE}.sale_price ;;
  }
  dimension: is_large {
    type: yesno
    sql: ${sale_price} > 50 ;;
  }
  dimension_group: created {
    type: time
    timeframes: [raw, time, date, week, month, quarter, year]
    sql: ${TABLE}.created_at ;;
  }

  measure: count {
    type: count
  }
  measure: completed_count {
    type: count
    filters: [status: "complete"]
  }
  measure: open_or_new_count {
    type: count
    filters: [status: "open,new"]
  }
  measure: not_cancelled_count {
    type: count
    filters: [status: "-cancelled,-NULL"]
  }
  measure: shipped_like_count {
    type: count
    filters: [status: "ship%"]
  }
  measure: large_revenue {
    type: sum
    sql: ${sale_price} ;;
    filters: [is_large: "yes"]
    value_format_name: usd
  }
  measure: mid_price_count {
    type: count
    filters: [sale_price: "[20, 60)"]
  }
  measure: total_revenue {
    type: sum
    label: "Revenue"
    description: "What orders brought in."
    sql: ${sale_price} ;;
    value_format_name: usd
  }
  measure: revenue_of_germans {
    type: sum
    sql: ${TABLE}.sale_price ;;
    filters: [users.country: "DE"]
  }
  measure: average_price {
    type: average
    sql: ${sale_price} ;;
  }
  measure: price_p75 {
    type: percentile
    percentile: 75
    sql: ${sale_price} ;;
  }
  measure: median_price {
    type: median
    sql: ${sale_price} ;;
  }
  measure: buyers {
    type: count_distinct
    sql: ${user_id} ;;
  }
  measure: completion_rate {
    type: number
    sql: 1.0 * ${completed_count} / nullif(${count}, 0) ;;
    value_format_name: percent_1
  }
  measure: revenue_per_buyer {
    type: number
    sql: ${total_revenue} / nullif(${buyers}, 0) + 0 ;;
  }
}
