import type { Manifest } from '../../runtime/compiler/index.ts'
import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import { createReports, type ReportsOptions } from '../../runtime/reports/index.ts'
import { openStore, type Store } from '../../runtime/store/index.ts'

type ReportDefinition = Partial<Manifest['reports'][number]> & { readonly name: string }

/** Reports of a project with one metric that always answers the same, over a clock of the test. */
export async function reportsOver(
  reports: readonly ReportDefinition[],
  {
    channels = [{ name: 'inbox', type: 'in_app' }],
    metrics = [],
    onQuery,
    ...options
  }: Partial<ReportsOptions> & {
    readonly now: () => Date
    readonly channels?: readonly object[]
    readonly metrics?: readonly object[]
    readonly onQuery?: (query: QueryDefinition) => void
  },
) {
  const store: Store = options.store ?? (await openStore({ memory: true }))
  const manifest = () => manifestOf(reports, channels, metrics)
  const made = createReports({
    store,
    manifest,
    semantic: {
      query: async (query) => {
        onQuery?.(query)
        return ANSWER
      },
    },
    config: { server: { port: 4000, host: '127.0.0.1', url: 'https://metrics.example.org' }, timezone: 'UTC' },
    contextOf: async (caller) => ({ ...caller, attributes: {} }),
    tenants: async () => ['acme', 'globex'],
    print: async () => new Uint8Array([1]),
    onTrouble: (error) => {
      throw error
    },
    ...options,
  })
  const sent = async () => {
    const rows = await store.db.selectFrom('deliveries').select(['org', 'key', 'title']).orderBy('id').execute()
    return rows.map(({ key, org }) => `${org} ${key}`)
  }
  return { reports: made, store, sent }
}

const ANSWER = {
  columns: [{ name: 'total', kind: 'metric', label: 'Total', type: 'number', format: { type: 'number' } }],
  rows: [{ total: 42 }],
  served: { rollup: null, skipped: [] },
  truncated: false,
  cached: false,
} as const

function manifestOf(
  reports: readonly ReportDefinition[],
  channels: readonly object[],
  metrics: readonly object[],
): Manifest {
  const source = { file: 'alerts/reports.yml', line: 1 }
  const widget = {
    id: 'w',
    title: 'Total',
    width: 3,
    definition: { type: 'kpi', metric: 'total' },
    query: { metrics: ['total'] },
  }
  return {
    project: { name: 'test', dialect: 'duckdb', tenantKey: 'org_id', timezone: 'UTC', weekStart: 'monday' },
    models: [],
    metrics,
    dashboards: [],
    channels: channels.map((channel) => ({ ...channel, source })),
    reports: reports.map((report) => ({
      notify: ['inbox'],
      rows: [{ title: null, widgets: [widget] }],
      source,
      ...report,
    })),
  } as unknown as Manifest
}
