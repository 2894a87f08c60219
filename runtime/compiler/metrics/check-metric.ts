import type { CompositeMetric, SimpleMetric } from '../../definitions/index.ts'
import { oneOf } from '../../diagnostics/index.ts'
import type { DimensionRef, Leaf } from '../manifest.ts'
import type { ModelSet } from '../models/index.ts'
import { type Declared, type Project, sorted } from '../project/index.ts'

type Definition = Declared<SimpleMetric | CompositeMetric>

/** Windows and offsets run along time, so every model in them needs a time dimension. */
export function checkTime(
  { report }: Project,
  models: ModelSet,
  declared: Definition,
  leaves: readonly Leaf[],
): boolean {
  const timed = leaves.filter(({ shift, window }) => shift !== null || window !== null)
  const lacking = sorted(timed.map(({ model }) => model)).filter((model) => models.timeDimension(model) == null)
  for (const model of lacking) {
    if (models.timeDimension(model) === undefined) continue
    report('AM1313', `\`${declared.value.name}\` runs along time, and \`${model}\` has no \`time_dimension\`.`, {
      at: declared.at(['metric']),
      hint: `Declare a dimension of type time in \`${model}\` and name it in \`time_dimension\`.`,
      related: [{ message: `\`${model}\` is declared here`, at: modelAt(models, model) }],
    })
  }
  return lacking.length === 0
}

const modelAt = ({ space }: ModelSet, model: string) => {
  const node = space.nodes.get(model)
  if (node === undefined) throw new Error(`no semantic model ${model}`)
  return node.declared.at(['name'])
}

/** Metrics of models that have nothing in common, not even time, make no sense together. */
export function checkCompatible(
  { report }: Project,
  { space, timeDimension }: ModelSet,
  declared: Definition,
  models: readonly string[],
): boolean {
  if (models.length < 2 || space.list(models).length > 0) return true
  const timeless = models.filter((model) => timeDimension(model) == null)
  const names = oneOf(models).replace(/ or /, ' and ')
  if (timeless.length === 0) {
    report(
      'AM1312',
      `${names} share no dimension: \`${declared.value.name}\` can only be seen in total and over time.`,
      {
        at: declared.at(['name']),
        hint: 'Join both to a model that they have in common.',
      },
    )
    return true
  }
  report(
    'AM1311',
    `${names} have nothing in common: no shared dimension, and no time in ${oneOf(timeless).replace(/ or /, ' and ')}.`,
    {
      at: declared.at(['name']),
      hint: 'Join both to a model that they have in common, or give both a `time_dimension`.',
    },
  )
  return false
}

/** In an answer, metrics and dimensions stand side by side under their names. */
export function checkClash(
  { report }: Project,
  { space }: ModelSet,
  declared: Definition,
  dimensions: readonly DimensionRef[],
): boolean {
  const ref = dimensions.find(({ dimension }) => dimension === declared.value.name)
  if (ref === undefined) return true
  const { name } = declared.value
  const other = space.get(ref)?.declared
  report(
    'AM1303',
    `Metric \`${name}\` is called like the dimension \`${ref.model}.${name}\` that it can be grouped by.`,
    {
      at: declared.at(['name']),
      hint: `Rename one of them, for example the metric to \`total_${name}\`${'agg' in declared.value && declared.value.sql === undefined ? ` with \`sql: ${name}\`` : ''}.`,
      ...(other == null ? {} : { related: [{ message: 'The dimension is declared here', at: other.at(['name']) }] }),
    },
  )
  return false
}

/** Thresholds say the same as `direction`. */
export function checkThresholds({ report }: Project, declared: Definition): void {
  const { direction, thresholds } = declared.value
  if (thresholds === undefined || direction === undefined || direction === 'neutral') return
  const { good, warn } = thresholds
  if (direction === 'up' ? good >= warn : good <= warn) return
  report(
    'AM1316',
    `With \`direction: ${direction}\`, ${direction === 'up' ? 'more' : 'less'} is better, but \`good\` is ${good} and \`warn\` is ${warn}.`,
    {
      at: declared.at(['thresholds']),
      hint: 'Swap the two, or turn the direction.',
    },
  )
}
