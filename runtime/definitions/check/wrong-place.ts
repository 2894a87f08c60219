import { type Path, type Violation, valueAt } from '../../documents/index.ts'
import { type KindOfFile, kindWithKey } from '../kinds.ts'

type Told = Omit<Violation, 'code'> & { readonly code: Violation['code'] | 'AM1112' }

const COMPOSITE = new Set<unknown>(['ratio', 'derived', 'cumulative', 'offset'])

/** Tells definitions that would be right elsewhere as such, instead of by the keys they lack here. */
export function explainPlaces(violations: readonly Violation[], content: unknown, kind: KindOfFile): readonly Told[] {
  const moved = new Map<string, Told>()
  const others = violations.flatMap((violation): Told[] => {
    const found = compositeInModel(violation.path, content) ?? simpleOutside(violation, content)
    if (found) moved.set(JSON.stringify(found.path), found)
    return found ? [] : [keyOfOtherKind(violation, kind) ?? violation]
  })
  return [...others, ...moved.values()]
}

/** A composite metric among the metrics of a semantic model. */
function compositeInModel(path: Path, content: unknown): Told | undefined {
  if (path[0] !== 'semantic_models' || path[2] !== 'metrics' || path.length < 4) return undefined
  const item = path.slice(0, 4)
  const metric = valueAt(content, item) as Record<string, unknown> | null | undefined
  if (!COMPOSITE.has(metric?.type) || (metric && 'agg' in metric)) return undefined
  return {
    code: 'AM1112',
    path: [...item, 'type'],
    of: 'value',
    message: `Metric \`${String(metric?.name)}\` is a ${String(metric?.type)} metric, which cannot stand inside a semantic model.`,
    hint: 'Move it to `metrics:` at the first level of the file: metrics built from metrics may use any model.',
  }
}

/** A simple metric among the composite ones. */
function simpleOutside({ path, code }: Violation, content: unknown): Told | undefined {
  if (path[0] !== 'metrics' || path.length < 2 || code !== 'AM1110') return undefined
  const item = path.slice(0, 2)
  const metric = valueAt(content, item) as Record<string, unknown>
  if (!('agg' in metric) && metric.type !== 'simple') return undefined
  return {
    code: 'AM1112',
    path: 'agg' in metric ? [...item, 'agg'] : [...item, 'type'],
    of: 'key',
    message: `Metric \`${String(metric.name)}\` is an aggregation over rows, which needs a semantic model around it.`,
    hint: 'Move it to `metrics:` of the semantic model whose rows it counts.',
  }
}

function keyOfOtherKind({ path, code }: Violation, kind: KindOfFile): Told | undefined {
  const other = path.length === 1 && code === 'AM1101' ? kindWithKey(String(path[0])) : undefined
  if (other === undefined || other === kind) return undefined
  return {
    code: 'AM1112',
    path,
    of: 'key',
    message: `\`${String(path[0])}\` does not belong in the folder ${kind.kind}/.`,
    hint: `Move it to a file in the folder ${other.kind}/.`,
  }
}
