import { type Metric, spanText, type Window } from '../../compiler/index.ts'
import { normalSql } from '../normal-sql.ts'
import type { Names } from '../renames.ts'
import { type FactEntry, type Facts, factsOf } from './fact.ts'
import { normalExpression } from './normal-expression.ts'

export function metricFacts(metric: Metric, names: Names): Facts {
  return factsOf([...meaning(metric, names), ...unit(metric), ...words(metric), ...groupings(metric, names)])
}

/** What its number means. */
function meaning(metric: Metric, names: Names): readonly FactEntry[] {
  if (metric.type !== 'simple') {
    return [
      ['type', 'kind', metric.type, 'breaking'],
      ['definition', 'definition', definitionText(metric.definition, names), 'breaking'],
    ]
  }
  const aggregation = metric.percentile === null ? metric.agg : `${metric.agg} ${metric.percentile}`
  return [
    ['type', 'kind', metric.type, 'breaking'],
    ['model', 'semantic model', names.model(metric.model), 'breaking'],
    ['agg', 'aggregation', aggregation, 'breaking'],
    ['sql', 'expression', normalExpression(metric.sql, names), 'breaking'],
    ['filter', 'filter', normalExpression(metric.filter, names), 'breaking'],
  ]
}

function definitionText(definition: Exclude<Metric, { type: 'simple' }>['definition'], names: Names): string {
  if ('expr' in definition) return normalSql(names.text(definition.expr))
  if ('numerator' in definition)
    return `${names.metric(definition.numerator)} / ${names.metric(definition.denominator)}`
  if ('window' in definition) return `${names.metric(definition.metric)} over ${windowText(definition.window)}`
  return `${names.metric(definition.metric)} ${spanText(definition.offset)} ago`
}

function windowText(window: Window): string {
  if ('toDate' in window) return `${window.toDate} to date`
  return 'trailing' in window ? `the last ${spanText(window.trailing)}` : 'all time'
}

function unit({ format }: Metric): readonly FactEntry[] {
  const { type, ...rest } = format
  const { currency, ...shown } = rest as { readonly currency?: string }
  return [
    ['unit', 'unit', currency === undefined ? type : `${type} ${currency}`, 'breaking'],
    ['format', 'format', Object.keys(shown).length === 0 ? null : JSON.stringify(shown), 'cosmetic'],
  ]
}

function words(metric: Metric): readonly FactEntry[] {
  const { deprecated, thresholds } = metric
  return [
    ['label', 'label', metric.label, 'cosmetic'],
    ['description', 'description', metric.description, 'cosmetic'],
    ['owner', 'owner', metric.owner, 'cosmetic'],
    ['category', 'category', metric.category, 'cosmetic'],
    ['tier', 'tier', metric.tier, 'cosmetic'],
    ['refresh', 'refresh', metric.refresh, 'cosmetic'],
    ['direction', 'good direction', metric.direction, 'values'],
    ['thresholds', 'thresholds', thresholds && `good ${thresholds.good}, warn ${thresholds.warn}`, 'values'],
    ['synonyms', 'synonyms', metric.synonyms.join(', '), 'cosmetic'],
    ['tags', 'tags', metric.tags.join(', '), 'cosmetic'],
    ['deprecated', 'deprecation', deprecated && deprecationText(deprecated), 'values'],
  ]
}

function deprecationText({ since, use, until }: NonNullable<Metric['deprecated']>): string {
  return [`since ${since}`, use && `use ${use}`, until && `until ${until}`].filter(Boolean).join(', ')
}

/** To lose a dimension breaks those who group by it; new ones are told of where they are declared. */
function groupings(metric: Metric, names: Names): readonly FactEntry[] {
  return metric.dimensions.map((ref) => {
    const name = names.dimension(ref)
    return [`by ${name}`, 'grouping by', name, { added: 'addition', removed: 'breaking', changed: 'breaking' }]
  })
}
