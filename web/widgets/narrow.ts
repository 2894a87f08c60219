import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import { allOf } from '../queries/filters.ts'
import type { SelectedValue } from './widget-props.ts'

/** A query for only the rows that have these values. */
export function narrow(query: QueryDefinition, values: readonly SelectedValue[]): QueryDefinition {
  if (values.length === 0) return query
  const own = query.where === undefined ? [] : [query.where]
  return { ...query, where: allOf([...own, ...values.map(conditionOf)]) }
}

function conditionOf({ dimension, value }: SelectedValue): string {
  if (value === null) return `{${dimension}} is null`
  if (typeof value === 'string') return `{${dimension}} = '${value.replaceAll("'", "''")}'`
  return `{${dimension}} = ${value}`
}
