select 'adoption' as benchmark, 0.9 as value, 'Engineering teams that use AI coding tools, 2025' as meaning
union all select 'adoption_2024', 0.61, 'Engineering teams that used AI coding tools, 2024'
union all select 'productive_teams', 0.62, 'Teams that report at least 25% more productivity'
union all select 'productivity_gain', 0.25, 'Gain in productivity that most teams report at least'
union all select 'measurement', 0.2, 'Teams that measure the impact of AI effectively'
union all select 'throughput_uplift', 0.3, 'More pull requests by power users'
union all select 'first_day', 0.81, 'People who install on the day they get a licence'
union all select 'sla_target', 0.999, 'Availability that is promised'
