import type { Manifest } from '../compiler/index.ts'
import type { Change } from '../diff/index.ts'

/** What pages say of a version that is served beside the one of the work tree. */
export interface PreviewInfo {
  readonly ref: string
  readonly commit: string
  readonly side: 'main' | 'preview'
  readonly mainPort: number
  readonly previewPort: number
  readonly changes: readonly Pick<Change, 'node' | 'kind' | 'name' | 'change' | 'effect' | 'details'>[]
  readonly widgets: readonly ChangedWidget[]
}

export interface ChangedWidget {
  readonly dashboard: string
  readonly id: string
  /** What changed, in words. */
  readonly why: readonly string[]
}

/** Widgets of one version that are not the same in the other, with what changed in them or in what they ask for. */
export function changedWidgets(shown: Manifest, other: Manifest, changes: readonly Change[]): readonly ChangedWidget[] {
  const reasons = reasonsByNode(changes)
  return shown.dashboards.flatMap((dashboard) => {
    const there = other.dashboards.find(({ name }) => name === dashboard.name)
    const known = new Map((there?.rows ?? []).flatMap(({ widgets }) => widgets).map((one) => [one.id, one]))
    return dashboard.rows
      .flatMap(({ widgets }) => widgets)
      .flatMap((widget) => {
        const same = known.get(widget.id)
        const own =
          same === undefined
            ? ['This version alone has this widget.']
            : JSON.stringify(same) === JSON.stringify(widget)
              ? []
              : ['The widget is declared differently.']
        const metrics = (widget.query?.metrics ?? []).map((name) => `metric:${name}`)
        const dimensions = (widget.query?.by ?? []).flatMap((name) =>
          [...reasons.keys()].filter((node) => node === `dimension:${name}` || node.endsWith(`.${name}`)),
        )
        const why = [...own, ...[...metrics, ...dimensions].flatMap((node) => reasons.get(node) ?? [])]
        return why.length === 0 ? [] : [{ dashboard: dashboard.name, id: widget.id, why: [...new Set(why)] }]
      })
  })
}

/** For each metric and dimension what changed in it, or in what it is made of. */
function reasonsByNode(changes: readonly Change[]): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, string[]>()
  for (const { node, name, kind, details, reach } of changes) {
    const what = kind === 'relation' ? 'model' : kind
    const texts = details.map(({ text }) => `${what} ${name}: ${text}`)
    for (const reached of [node, ...reach.map((one) => one.node)]) {
      if (/^(metric|dimension):/.test(reached)) reasons.set(reached, [...(reasons.get(reached) ?? []), ...texts])
    }
  }
  return reasons
}
