import type { MetricInfo, Project } from '../queries/project.ts'
import type { PickerItem } from './picker.tsx'
import { commonDimensions, refusal } from './question.ts'

/** All metrics; those that cannot be asked together with what is chosen say why. */
export const metricItems = (
  project: Project,
  chosen: readonly MetricInfo[],
  by: readonly string[],
): readonly PickerItem[] =>
  project.metrics.map((metric) => ({
    name: metric.name,
    label: metric.label,
    text: metric.description,
    group: metric.category ?? 'Other',
    refusal: refusal(metric, chosen, by),
  }))

/** All dimensions; those that the metrics do not share say so. */
export function dimensionItems(project: Project, chosen: readonly MetricInfo[]): readonly PickerItem[] {
  const offered = chosen.length === 0 ? null : commonDimensions(chosen)
  const isOne = chosen.length === 1
  return project.dimensions.map(({ name, label, description }) => ({
    name,
    label,
    text: description,
    group: name.split('.')[0] ?? '',
    refusal:
      offered === null
        ? 'pick a metric first'
        : offered.includes(name)
          ? null
          : isOne
            ? `${chosen[0]?.label} does not have it`
            : 'the chosen metrics do not share it',
  }))
}
