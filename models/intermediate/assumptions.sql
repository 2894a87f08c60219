-- Change these to your own figures, then build with --full-refresh.
select
  0.3 as minutes_saved_per_line,
  120.0 as minutes_saved_at_most,
  75.0 as hourly_cost_usd,
  0.999 as sla_target
