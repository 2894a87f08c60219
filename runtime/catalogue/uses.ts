import type { CompiledTest, DimensionRef, Manifest } from '../compiler/index.ts'

/** Where something is used. */
export interface Use {
  readonly kind: 'dashboard' | 'alert' | 'report' | 'metric'
  readonly name: string
  readonly label: string
  /** Widgets of a dashboard or a report. */
  readonly widgets: readonly { readonly id: string; readonly title: string }[]
}

/** Dashboards, alerts, reports and metrics that ask for a metric themselves. */
export const usesOfMetric = (manifest: Manifest, name: string): readonly Use[] =>
  usesOfMetrics(manifest).get(name) ?? []

export function usesOfMetrics(manifest: Manifest): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>()
  const note = (metric: string, use: Use) => uses.set(metric, [...(uses.get(metric) ?? []), use])
  for (const { from, to } of manifest.lineage) {
    if (!from.startsWith('metric:')) continue
    const use = namedUse(manifest, to, from.slice('metric:'.length))
    if (use !== undefined) note(from.slice('metric:'.length), use)
  }
  return uses
}

function namedUse(manifest: Manifest, node: string, metric: string): Use | undefined {
  const [kind = '', name = ''] = [node.slice(0, node.indexOf(':')), node.slice(node.indexOf(':') + 1)]
  const named = <T extends { readonly name: string }>(list: readonly T[]) => list.find((item) => item.name === name)
  switch (kind) {
    case 'dashboard': {
      const dashboard = named(manifest.dashboards)
      return { kind, name, label: dashboard?.title ?? name, widgets: widgetsWith(dashboard?.rows ?? [], metric) }
    }
    case 'report': {
      const report = named(manifest.reports)
      return { kind, name, label: report?.title ?? name, widgets: widgetsWith(report?.rows ?? [], metric) }
    }
    case 'alert':
      return { kind, name, label: name, widgets: [] }
    case 'metric':
      return { kind, name, label: named(manifest.metrics)?.label ?? name, widgets: [] }
    default:
      return undefined
  }
}

function widgetsWith(rows: Manifest['dashboards'][number]['rows'], metric: string): Use['widgets'] {
  return rows
    .flatMap(({ widgets }) => widgets)
    .filter(({ query }) => query?.metrics?.includes(metric) === true)
    .map(({ id, title }) => ({ id, title }))
}

/** Unit tests that ask for a metric, or that try an alert over it. */
export function testsOfMetric(manifest: Manifest, metric: string): readonly CompiledTest[] {
  const alerts = new Set(
    manifest.lineage
      .filter(({ from, to }) => from === `metric:${metric}` && to.startsWith('alert:'))
      .map(({ to }) => to.slice('alert:'.length)),
  )
  return manifest.tests.filter(({ query, alert }) =>
    alert === undefined ? query?.metrics?.includes(metric) === true : alerts.has(alert),
  )
}

/** Dimensions that a metric reads, those of the metrics it is made of included. */
export function dimensionsOfMetric({ lineage }: Manifest, metric: string): readonly DimensionRef[] {
  const seen = new Set([`metric:${metric}`])
  for (const node of seen) {
    if (!node.startsWith('metric:')) continue
    for (const { from, to } of lineage) if (to === node && /^(metric|dimension):/.test(from)) seen.add(from)
  }
  return [...seen]
    .filter((node) => node.startsWith('dimension:'))
    .map((node) => {
      const [model = '', dimension = ''] = node.slice('dimension:'.length).split('.')
      return { model, dimension }
    })
}
