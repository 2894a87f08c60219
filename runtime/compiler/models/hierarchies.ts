import type { DimensionRef, SemanticModel } from '../manifest.ts'
import { byName, type Declared, inside, items, labelOf, type Project, uniqueByName } from '../project/index.ts'
import type { DimensionSpace } from './dimension-space.ts'
import type { ModelNode } from './model-node.ts'
import { resolveOrReport } from './unresolved.ts'

type Hierarchy = SemanticModel['hierarchies'][number]

/** The hierarchies of a model whose levels all exist. */
export function compileHierarchies(
  project: Project,
  space: DimensionSpace,
  { declared, name }: ModelNode,
): readonly Hierarchy[] {
  const list = items(declared, 'hierarchies', declared.value.hierarchies)
  const unique = [...uniqueByName(project.report, 'AM1221', 'Hierarchy', list).values()]
  return unique
    .flatMap((hierarchy) => {
      const levels = levelsOf(project, space, name, inside(hierarchy, ['levels'], hierarchy.value.levels))
      if (levels === undefined) return []
      return [{ name: hierarchy.value.name, label: hierarchy.value.label ?? labelOf(hierarchy.value.name), levels }]
    })
    .sort(byName)
}

function levelsOf(
  project: Project,
  space: DimensionSpace,
  model: string,
  levels: Declared<readonly string[]>,
): readonly DimensionRef[] | undefined {
  const seen = new Map<string, number>()
  const resolved = levels.value.map((level, index) => {
    const at = () => levels.at([index])
    const ref = resolveOrReport(project, space, { homes: [model], subject: `\`${model}\`` }, level, at)
    if (ref === undefined) return undefined
    const first = seen.get(`${ref.model}.${ref.dimension}`)
    if (first === undefined) {
      seen.set(`${ref.model}.${ref.dimension}`, index)
      return ref
    }
    project.report('AM1222', `\`${level}\` is a level of this hierarchy already.`, {
      at: at(),
      hint: 'Remove one of them.',
      related: [{ message: 'First named here', at: levels.at([first]) }],
    })
    return undefined
  })
  const sound = resolved.filter((ref) => ref !== undefined)
  return sound.length === levels.value.length ? sound : undefined
}
