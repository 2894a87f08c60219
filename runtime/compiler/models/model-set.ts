import { suggest } from '../../diagnostics/index.ts'
import type { SqlExpression } from '../manifest.ts'
import type { Project } from '../project/index.ts'
import type { RelationSet } from '../relations/index.ts'
import { createDimensionSpace, type DimensionSpace } from './dimension-space.ts'
import { resolveDimensions } from './dimensions.ts'
import { buildJoinGraph } from './joins/index.ts'
import { declareModels, type ModelNode } from './model-node.ts'

/** The semantic models that are sound, with their dimensions and joins resolved. */
export interface ModelSet {
  readonly space: DimensionSpace
  /** SQL of each dimension by `model.dimension`. */
  readonly expressions: ReadonlyMap<string, SqlExpression>
  /** Own dimension that `time` means; null where there is none, undefined where it was declared wrongly. */
  timeDimension(model: string): string | null | undefined
}

export function resolveModels(project: Project, relations: RelationSet): ModelSet {
  const declared = declareModels(project, relations)
  const graph = buildJoinGraph(project, declared)
  const all = createDimensionSpace(declared, graph)
  const expressions = resolveDimensions(project, all)
  const nodes = new Map([...declared].map(([name, node]) => [name, withSoundDimensions(node, expressions)]))
  const isSound = [...declared.values()].every(
    ({ name, dimensions }) => nodes.get(name)?.dimensions.size === dimensions.size,
  )
  const times = new Map([...nodes].map(([name, node]) => [name, timeDimensionOf(project, node)]))
  return {
    space: isSound ? all : createDimensionSpace(nodes, graph),
    expressions,
    timeDimension: (model) => times.get(model),
  }
}

const withSoundDimensions = (node: ModelNode, expressions: ReadonlyMap<string, SqlExpression>): ModelNode => ({
  ...node,
  dimensions: new Map([...node.dimensions].filter(([name]) => expressions.has(`${node.name}.${name}`))),
})

function timeDimensionOf(
  { broken, report }: Project,
  { declared, dimensions, name }: ModelNode,
): string | null | undefined {
  const wanted = declared.value.time_dimension
  if (wanted === undefined) return null
  const found = dimensions.get(wanted)
  if (found?.type === 'time') return wanted
  const at = declared.at(['time_dimension'])
  const times = [...dimensions.values()].filter(({ type }) => type === 'time').map((dimension) => dimension.name)
  if (found?.declared) {
    report('AM1215', `\`${wanted}\` is of type ${found.type}, and a time dimension is of type time.`, {
      at,
      hint: times.length > 0 ? suggest(wanted, times) : `Change the type of \`${wanted}\` to time.`,
      related: [{ message: `\`${wanted}\` is declared here`, at: found.declared.at(['type']) }],
    })
  } else if (
    !declared.value.dimensions?.some((dimension) => dimension.name === wanted) &&
    !broken.has('dimensions', wanted, name)
  ) {
    report('AM1214', `\`${name}\` has no dimension \`${wanted}\`.`, {
      at,
      hint: suggest(wanted, times) ?? `Declare it: \`{ name: ${wanted}, type: time }\`.`,
    })
  }
  return undefined
}
