import type { CompositeMetric, SimpleMetric } from '../../definitions/index.ts'
import { createNameBook, editSql, filled, type Lose, labelOf, nameOf } from '../draft/index.ts'
import { type Aggregation, aggregationOf, measured } from './aggregation.ts'
import { conditionsIn, translateFilter } from './filter.ts'
import type { DbtManifest, DbtMetric, DbtMetricInput } from './manifest.ts'
import type { Variants } from './variants.ts'
import type { World } from './world.ts'

export interface ImportedMetrics {
  /** Simple metrics by the name of their model here. */
  readonly simple: ReadonlyMap<string, readonly SimpleMetric[]>
  readonly composite: readonly CompositeMetric[]
}

/** All metrics of a manifest, and those that some of them are made of. */
export function importMetrics(world: World, { metrics }: DbtManifest, variants: Variants, lose: Lose): ImportedMetrics {
  const book = createNameBook(metrics.map(({ name }) => nameOf(name)))
  const byName = new Map(metrics.map((metric) => [metric.name, metric]))
  const simple = new Map<string, SimpleMetric[]>()
  const composite: CompositeMetric[] = []
  const done = new Map<string, string | undefined>()
  for (const metric of metrics) {
    reportExtras(metric, lose)
    carry(metric, [])
  }
  return { simple, composite }

  /** The metric under further conditions; its name here, or undefined where it is lost. */
  function carry(metric: DbtMetric, conditions: readonly string[], wish = metric.name): string | undefined {
    const key = JSON.stringify([metric.name, conditions])
    if (done.has(key)) return done.get(key)
    const name = conditions.length === 0 ? nameOf(metric.name) : book.take(nameOf(wish))
    const carried = translate(metric, [...conditions, ...conditionsIn(metric.filter)], name)
    done.set(key, carried ? name : undefined)
    return carried ? name : undefined
  }

  function translate(metric: DbtMetric, conditions: readonly string[], name: string): boolean {
    const { type } = metric
    if (type === 'simple') return addSimple(metric, conditions, name, aggregationOf(world, metric, lose))
    if (type === 'ratio') return addRatio(metric, conditions, name)
    if (type === 'derived') return addDerived(metric, conditions, name)
    if (type === 'cumulative') return addCumulative(metric, conditions, name)
    lose(
      'AM6220',
      `metric:${metric.name}`,
      type === 'conversion'
        ? 'It is a conversion metric: events of one kind followed by another within a window.'
        : `It is of type \`${type}\`.`,
      'Build a model that marks the events that were followed, and make a ratio of two counts.',
    )
    return false
  }

  function addSimple(
    metric: DbtMetric,
    conditions: readonly string[],
    name: string,
    aggregation: Aggregation | undefined,
  ): boolean {
    if (aggregation === undefined) return false
    const home = variants.homeOf(aggregation, `metric:${metric.name}`)
    const filter = translateFilter(world, home, [...aggregation.conditions, ...conditions])
    if ('problem' in filter) {
      lose('AM6237', `metric:${metric.name}`, `Its filter cannot be read: ${filter.problem}.`, 'Declare it by hand.')
      return false
    }
    const { agg, percentile, sql } = aggregation.parts
    const definition = filled({
      ...aboutOf(metric, name),
      agg,
      percentile,
      sql: sql === name && agg !== 'count' ? undefined : sql,
      filter: filter.sql,
    })
    const model = nameOf(home.name)
    simple.set(model, [...(simple.get(model) ?? []), definition as SimpleMetric])
    return true
  }

  function addRatio(metric: DbtMetric, conditions: readonly string[], name: string): boolean {
    const { numerator, denominator } = metric.type_params
    const above = carryInput(metric, numerator, conditions, `${name}_numerator`)
    const below = carryInput(metric, denominator, conditions, `${name}_denominator`)
    if (above === undefined || below === undefined) return false
    composite.push({ ...aboutOf(metric, name), type: 'ratio', numerator: above, denominator: below })
    return true
  }

  function addDerived(metric: DbtMetric, conditions: readonly string[], name: string): boolean {
    const { expr, metrics: inputs } = metric.type_params
    const names = new Map<string, string>()
    for (const input of inputs ?? []) {
      const carried = carryInput(metric, input, conditions, `${name}_${input.alias ?? input.name}`)
      if (carried === undefined) return false
      names.set((input.alias ?? input.name).toLowerCase(), carried)
    }
    const text = editSql(expr ?? [...names.keys()][0] ?? '', (tokens, index) => {
      const token = tokens[index]
      const input = token?.kind === 'word' ? names.get(token.text.toLowerCase()) : undefined
      return input === undefined ? undefined : { text: `{${input}}` }
    })
    composite.push({ ...aboutOf(metric, name), type: 'derived', expr: text })
    return true
  }

  function carryInput(
    owner: DbtMetric,
    input: DbtMetricInput | null | undefined,
    conditions: readonly string[],
    wish: string,
  ): string | undefined {
    const object = `metric:${owner.name}`
    const metric = byName.get(input?.name ?? '')
    if (input == null || metric === undefined) {
      lose(
        'AM6228',
        object,
        `It is made of \`${input?.name}\`, which the manifest has not.`,
        'Parse the project again.',
      )
      return undefined
    }
    const name = carry(metric, [...conditions, ...conditionsIn(input.filter)], wish)
    if (name === undefined) {
      lose('AM6228', object, `It is made of \`${input.name}\`, which could not be carried over.`, BY_HAND)
      return undefined
    }
    return shifted(object, input, name)
  }

  function shifted(object: string, { offset_to_grain: grain, offset_window: window }: DbtMetricInput, name: string) {
    if (grain != null) {
      lose(
        'AM6230',
        object,
        `It compares with the value at the start of the ${grain} (\`offset_to_grain\`).`,
        'Use a cumulative metric from the start of the period, or an offset of fixed length.',
      )
      return undefined
    }
    if (window == null) return name
    const unit = window.granularity.toLowerCase().replace(/s$/, '')
    const span = `${window.count} ${unit}${window.count === 1 ? '' : 's'}`
    const key = `offset ${name} ${span}`
    const known = done.get(key)
    if (known !== undefined) return known
    const offset = book.take(nameOf(`${name}_${window.count}_${unit}_ago`))
    composite.push({ name: offset, type: 'offset', metric: name, offset: span })
    done.set(key, offset)
    return offset
  }

  function addCumulative(metric: DbtMetric, conditions: readonly string[], name: string): boolean {
    const { cumulative_type_params: own, measure } = metric.type_params
    const window = own?.window ?? metric.type_params.window
    const toDate = own?.grain_to_date ?? metric.type_params.grain_to_date
    const input = own?.metric != null ? carryInput(metric, own.metric, conditions, `${name}_base`) : undefined
    const base = input ?? (measure == null ? undefined : carryMeasure(metric, measure, conditions, name))
    if (base === undefined) return false
    if ((own?.period_agg ?? 'first') !== 'last' && (window != null || toDate != null)) {
      lose(
        'AM6230',
        `metric:${metric.name}`,
        `At grains coarser than a day dbt shows the ${own?.period_agg ?? 'first'} daily value of a period; here it is the last.`,
        'By day both are the same; ask for days where it matters.',
      )
    }
    composite.push({ ...aboutOf(metric, name), type: 'cumulative', metric: base, window: windowOf(window, toDate) })
    return true
  }

  /** A measure that is accumulated is a metric of its own here, unless there is one already. */
  function carryMeasure(
    metric: DbtMetric,
    measure: NonNullable<DbtMetric['type_params']['measure']>,
    conditions: readonly string[],
    name: string,
  ): string | undefined {
    const filtered = [...conditionsIn(measure.filter), ...conditions]
    const same = metrics.find(
      ({ filter, type, type_params: { measure: other } }) =>
        type === 'simple' &&
        other?.name === measure.name &&
        conditionsIn(other.filter).length + conditionsIn(filter).length === 0,
    )
    if (same !== undefined) return carry(same, filtered, `${name}_base`)
    const key = JSON.stringify(['measure', measure.name, filtered])
    if (done.has(key)) return done.get(key)
    const base = filtered.length === 0 ? book.take(nameOf(measure.name), `${name}_base`) : book.take(`${name}_base`)
    const part: DbtMetric = {
      name: metric.name,
      type: 'simple',
      type_params: { measure },
      label: null,
      description: null,
    }
    const added = addSimple(part, conditions, base, measured(world, `metric:${metric.name}`, measure, lose))
    done.set(key, added ? base : undefined)
    return added ? base : undefined
  }
}

const BY_HAND = 'Declare what is missing by hand, then this one over it.'

type Cumulative = Extract<CompositeMetric, { type: 'cumulative' }>

function windowOf(
  window: { readonly count: number; readonly granularity: string } | null | undefined,
  toDate: string | null | undefined,
): Cumulative['window'] {
  if (toDate != null) return `${toDate.toLowerCase()}_to_date` as Cumulative['window']
  if (window == null) return 'all'
  const unit = window.granularity.toLowerCase().replace(/s$/, '')
  return { trailing: `${window.count} ${unit}${window.count === 1 ? '' : 's'}` }
}

function aboutOf(metric: DbtMetric, name: string) {
  if (name !== nameOf(metric.name)) return { name, description: `Part of ${metric.name}.` }
  const tags = (metric.tags ?? []).filter((tag) => tag !== '')
  return filled({
    name,
    label: labelOf(metric.label, name),
    description: metric.description?.trim(),
    tags: tags.length === 0 ? undefined : tags,
  }) as { readonly name: string }
}

function reportExtras(metric: DbtMetric, lose: Lose): void {
  const object = `metric:${metric.name}`
  if (nameOf(metric.name) !== metric.name)
    lose('AM6235', object, `It is called \`${nameOf(metric.name)}\` here.`, 'Use the new name in questions.')
  if (metric.type_params.is_private === true)
    lose(
      'AM6211',
      object,
      'It is private in dbt; metrics here can be asked for by everybody.',
      'Leave it out if need be.',
    )
  const meta = Object.keys(metric.config?.meta ?? metric.meta ?? {})
  if (meta.length > 0) lose('AM6234', object, `Its \`meta\` is left behind: ${meta.join(', ')}.`, 'Use `tags`.')
  if (metric.time_granularity != null)
    lose(
      'AM6230',
      object,
      `Its default grain \`${metric.time_granularity}\` is left behind.`,
      'Say the grain when asking.',
    )
}
