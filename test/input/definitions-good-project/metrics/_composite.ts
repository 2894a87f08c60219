import type { MetricsFile } from 'agent-metrics'

export const composite = (names: string[]): NonNullable<MetricsFile['metrics']> =>
  names.map((name) => ({ name: `${name}_last_month`, type: 'offset', metric: name, offset: '1 month' }))
