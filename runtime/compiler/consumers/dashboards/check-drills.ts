import type { Widget } from '../../../definitions/index.ts'
import { resolveOrReport } from '../../models/index.ts'
import type { Declared } from '../../project/index.ts'
import type { Catalogue } from '../catalogue.ts'
import type { CheckedQuestion, Question } from '../question.ts'

/** True where every level that a mark opens is a dimension of the metrics. */
export function checkDrillBy(
  { models, project, usage }: Catalogue,
  declared: Declared<Widget>,
  { metrics, node }: Question,
  { homes }: CheckedQuestion,
): boolean {
  const { value } = declared
  const levels = 'drill_by' in value ? (value.drill_by ?? []) : []
  const subject = metrics.map(({ name }) => `\`${name}\``).join(', ')
  return levels
    .map((name, index) => {
      if ('by' in value && (value.by === name || levels.indexOf(name) < index)) {
        project.report('AM1707', `\`${name}\` is shown already.`, {
          at: declared.at(['drill_by', index]),
          hint: 'Remove one of them.',
        })
        return false
      }
      const at = () => declared.at(['drill_by', index])
      const ref = resolveOrReport(project, models.space, { homes, subject }, name, at)
      if (ref !== undefined) usage.dimensions.push({ node, ref })
      return ref !== undefined
    })
    .every(Boolean)
}
