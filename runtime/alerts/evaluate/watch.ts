import type { Manifest } from '../../compiler/index.ts'

/** Which alerts on events read data that changed since the last look. */
export function createWatch(
  manifest: () => Manifest,
  versions: () => Promise<ReadonlyMap<string, number>>,
): () => Promise<ReadonlySet<string>> {
  let seen: ReadonlyMap<string, number> = new Map()
  return async () => {
    const now = await versions()
    const changed = new Set(
      [...now].filter(([relation, version]) => seen.get(relation) !== version).map(([relation]) => short(relation)),
    )
    seen = now
    if (changed.size === 0) return new Set()
    const { alerts, metrics, models, relations } = manifest()
    const events = alerts.filter(({ type }) => type === 'event')
    const found = events.filter(({ metric: name }) => {
      const homes = metrics.find((metric) => metric.name === name)?.models ?? []
      const read = models.filter((model) => homes.includes(model.name)).map(({ relation }) => relation)
      return read.some((relation) => behind(relation, relations).some((one) => changed.has(short(one))))
    })
    return new Set(found.map(({ name }) => name))
  }
}

const short = (relation: string) => relation.replace(/^(main|public)\./, '')

/** A relation, and what it shows where it is but a view. */
function behind(name: string, relations: Manifest['relations']): readonly string[] {
  const relation = relations.find((one) => one.name === name)
  if (relation?.materialized !== 'view') return [name]
  return [name, ...relation.refs.flatMap((ref) => behind(ref, relations)), ...relation.sources]
}
