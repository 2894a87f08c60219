import type { ValueStatus } from '../../runtime/definitions/index.ts'

interface Described {
  /** `model.name` */
  readonly name: string
  readonly type: string
  readonly values?: readonly (string | number | boolean)[] | null
  readonly labels?: Readonly<Record<string, string>> | false
  readonly statuses?: Readonly<Record<string, ValueStatus>>
}

interface Known<D extends Described = Described> {
  readonly dimensions: readonly D[]
}

/** How the values of a dimension are shown. */
export interface ValueLooks {
  readonly textOf: (value: unknown) => string
  readonly statusOf: (value: unknown) => ValueStatus | null
  /** Its place among the declared values; those that are not declared come last. */
  readonly rankOf: (value: unknown) => number
}

/** `in_review`; of a dimension that says what its values are `open`, too. */
const IDENTIFIER = /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/
const WORD = /^[a-z][a-z0-9_ ]*$/

export function looksOf(dimension: string, project: Known): ValueLooks {
  const info = dimensionNamed(dimension, project)
  const declared = (info?.values ?? []).map(String)
  const rankOf = (value: unknown) => {
    const place = declared.indexOf(String(value))
    return place < 0 ? declared.length : place
  }
  return {
    textOf: (value) => valueText(value, info),
    statusOf: (value) => info?.statuses?.[String(value)] ?? null,
    rankOf,
  }
}

/** A dimension named in a query, qualified or not. */
export const dimensionNamed = <D extends Described>(key: string, { dimensions }: Known<D>): D | undefined =>
  dimensions.find(({ name }) => name === key) ?? dimensions.find(({ name }) => name.endsWith(`.${key}`))

/** A value of a dimension as people read it. */
export function valueText(value: unknown, dimension: Omit<Described, 'name'> | undefined): string {
  if (value === null || value === undefined || value === '') return '(none)'
  if (dimension?.type === 'boolean') return String(value) === 'true' ? 'Yes' : 'No'
  const text = String(value)
  if (dimension?.type !== 'string' || dimension.labels === false) return text
  const isOneOfFew = dimension.labels !== undefined || (dimension.values ?? []).length > 0
  return dimension.labels?.[text] ?? ((isOneOfFew ? WORD : IDENTIFIER).test(text) ? inWords(text) : text)
}

const inWords = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1).replaceAll('_', ' ')}`
