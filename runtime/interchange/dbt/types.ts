import type { DimensionType } from '../../definitions/index.ts'
import { asColumn } from '../draft/index.ts'
import { conditionsIn } from './filter.ts'
import type { DbtManifest } from './manifest.ts'
import type { KnownTypes } from './models.ts'
import { sqlOf } from './world.ts'

/** Columns with their SQL types by the id of their node, from a catalog.json beside the manifest. */
export type Catalog = Readonly<
  Record<string, { readonly columns?: Readonly<Record<string, { readonly type?: string }>> }>
>

/** Types of categorical dimensions, of which dbt says nothing: from columns, else from what filters compare with. */
export function knownTypes(manifest: DbtManifest, catalog: Catalog): KnownTypes {
  const compared = comparedTypes(manifest)
  const types = new Map<string, DimensionType>()
  for (const model of manifest.semanticModels) {
    const columns = columnTypes(manifest, catalog, model.depends_on?.nodes ?? [])
    for (const dimension of model.dimensions ?? []) {
      const column = asColumn(sqlOf(dimension))?.toLowerCase()
      const type = (column && typeOf(columns.get(column))) || compared.get(dimension.name)
      if (type !== undefined) types.set(`${model.name}.${dimension.name}`, type)
    }
  }
  return types
}

function columnTypes({ nodes }: DbtManifest, catalog: Catalog, ids: readonly string[]): ReadonlyMap<string, string> {
  const declared = ids.flatMap((id) =>
    Object.values(nodes[id]?.columns ?? {}).map(
      ({ name, data_type }) => [name.toLowerCase(), data_type ?? ''] as const,
    ),
  )
  const found = ids.flatMap((id) =>
    Object.entries(catalog[id]?.columns ?? {}).map(([name, { type }]) => [name.toLowerCase(), type ?? ''] as const),
  )
  return new Map([...declared, ...found].filter(([, type]) => type !== ''))
}

function typeOf(sqlType: string | undefined): DimensionType | undefined {
  const type = sqlType?.toLowerCase() ?? ''
  if (/^bool/.test(type)) return 'boolean'
  if (/int|numeric|number|decimal|float|double|real/.test(type)) return 'number'
  if (/^(date|time|datetime)/.test(type)) return 'time'
  return type === '' ? undefined : 'string'
}

const COMPARISON = /Dimension\(\s*['"]([^'"]+)['"]\s*\)\s*\}\}\s*(?:is\s+(?:not\s+)?|[<>!=]+\s*)(true|false|-?\d)/gi

function comparedTypes({ metrics }: DbtManifest): ReadonlyMap<string, DimensionType> {
  const conditions = metrics.flatMap(({ filter, type_params: params }) => [
    ...conditionsIn(filter),
    ...[params.measure, params.numerator, params.denominator, ...(params.metrics ?? [])].flatMap((input) =>
      conditionsIn(input?.filter),
    ),
  ])
  return new Map(
    conditions.flatMap((text) =>
      [...text.matchAll(COMPARISON)].map(([, path = '', value = '']) => [
        path.split('__').at(-1) ?? '',
        /^\d|-/.test(value) ? ('number' as const) : ('boolean' as const),
      ]),
    ),
  )
}
