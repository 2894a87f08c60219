import { createHash } from 'node:crypto'
import type { Relation } from '../../compiler/index.ts'
import type { BuildContext } from './build-context.ts'

/** What is known of the builds before, kept by somebody who builds again and again. */
export interface BuildMemory {
  /** What each model was last built from. */
  readonly states: Map<string, string>
  /** Up to where each incremental model has read what it leaves out from then on; as SQL of a time. */
  readonly read: Map<string, string>
}

export const createBuildMemory = (): BuildMemory => ({ states: new Map(), read: new Map() })

/** SQL that means something else tomorrow, though no table changed. */
const DEPENDS_ON_NOW =
  /\b(current_date|current_timestamp|current_time|localtime|localtimestamp|now\s*\(|today\s*\(|random\s*\()/i

/**
 * The SQL of a model with all views it reads, and the versions of the tables below them; null where it cannot be told
 * whether they changed.
 */
export async function stateOf(context: BuildContext, relation: Relation): Promise<string | null> {
  const hash = createHash('sha256').update(relation.materialized)
  // A view shows what is there: it is made anew, and tested, only when its SQL changes.
  if (relation.materialized === 'view') return hash.update(relation.sql).digest('hex')
  const versions = await context.warehouse.dataVersions()
  const seen = new Set<string>()
  const isKnown = (model: Relation): boolean => {
    if (DEPENDS_ON_NOW.test(model.sql)) return false
    hash.update(model.sql).update(JSON.stringify(model.tests))
    const tested = model.tests.flatMap(({ check }) => (check.type === 'relationships' ? [check.to] : []))
    return [...model.refs, ...tested, ...model.sources].every((name) => {
      if (seen.has(name)) return true
      seen.add(name)
      const node = context.graph.nodes.get(name)
      if (node?.kind === 'model' && node.relation.materialized === 'view') return isKnown(node.relation)
      const table = context.sources.get(name) ?? name
      const version = versions.get(table)
      hash.update(`${table}@${version}`)
      return version !== undefined
    })
  }
  return isKnown(relation) ? hash.digest('hex') : null
}
