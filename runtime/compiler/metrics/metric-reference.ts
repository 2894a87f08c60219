import { nearest, suggest } from '../../diagnostics/index.ts'
import { compareText, type Place, type Project } from '../project/index.ts'

/**
 * True where the metric is declared. Otherwise reports it, unless it was left out for an error of its own.
 * `candidates` are the names that would be valid there; all metrics by default.
 */
export function checkMetricName(
  project: Project,
  name: string,
  place: Place,
  candidates: () => Iterable<string> = () => project.metricNames,
): boolean {
  if (project.metricNames.has(name)) return true
  if (project.broken.has('metrics', name)) return false
  const owner = dimensionOwner(project, name)
  if (owner !== undefined) {
    project.report('AM1308', `\`${name}\` is a dimension of \`${owner}\`, not a metric.`, {
      at: place(),
      hint: `A metric belongs here. To aggregate it, declare a metric of \`${owner}\` with \`sql: ${name.split('.').at(-1)}\`.`,
    })
    return false
  }
  project.report('AM1302', `There is no metric \`${name}\`.`, {
    at: place(),
    hint: metricHint(project, name, candidates()),
  })
  return false
}

function metricHint({ broken }: Project, name: string, candidates: Iterable<string>): string | undefined {
  const names = [...candidates].sort(compareText)
  const file = broken.files.find((path) => path.startsWith('metrics/'))
  const unread =
    file === undefined || nearest(name, names) !== undefined
      ? ''
      : ` It may be declared in ${file}, which could not be read.`
  const hint = nearest(name, names) === undefined && names.length > 12 ? undefined : suggest(name, names)
  return `${hint ?? 'Declare it under `metrics:`.'}${unread}`
}

const dimensionOwner = ({ declarations }: Project, name: string): string | undefined =>
  declarations.semanticModels.find(({ value }) =>
    value.dimensions?.some((dimension) => dimension.name === name || `${value.name}.${dimension.name}` === name),
  )?.value.name
