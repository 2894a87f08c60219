import type { Manifest } from '../../compiler/index.ts'
import type { Change } from '../change.ts'

/** Metrics that both versions have and whose values the changes may move, in order. */
export function metricsInReach(changes: readonly Change[], before: Manifest, after: Manifest): readonly string[] {
  const found = new Set<string>()
  for (const { node, effect, reach } of changes) {
    if (effect !== 'breaking' && effect !== 'values') continue
    for (const id of [node, ...reach.map((reached) => reached.node)])
      if (id.startsWith('metric:')) found.add(id.slice('metric:'.length))
  }
  const had = new Set(before.metrics.map(({ name }) => name))
  return after.metrics.map(({ name }) => name).filter((name) => found.has(name) && had.has(name))
}
