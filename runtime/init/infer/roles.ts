import type { ColumnProfile } from '../profile/profile.ts'

/** What a column is good for. */
export type Role = 'key' | 'time' | 'flag' | 'category' | 'label' | 'sum' | 'level' | 'none'

const KEY = /(^|_)(id|uuid|guid|key|code|zip|zipcode|postcode|phone|fips|isbn|sku|hash|no|nr|number)$/
const PLACE = /(^|_)(lat|latitude|lon|lng|long|longitude|x|y)$/
const CALENDAR = /(^|_)(year|quarter|month|week|day|hour|minute|weekday|decade)$/
const ADDITIVE =
  /(^|_)(quantity|qty|count|amount|total|sum|cost|costs|revenue|sales|gross|budget|votes|units|items|tokens|duration|minutes|seconds|ms|bytes|usd|eur|population|deaths|hours|visits|clicks|orders|num|n)($|_)/
const LEVEL =
  /(^|_)(rating|rank|accuracy|precision|recall|quality|score|rate|ratio|percent|pct|share|price|age|temp|temperature|avg|average|mean|median|min|max|index|per|speed|wind|humidity|pressure|acceleration|efficiency|gallon|height|weight|length|width|depth|magnitude|probability)($|_)/

/** Longest mean length of texts that somebody would group by. */
const LONGEST_LABEL = 80

/** Decides by the name (in snake case) and the values; names decide only where values leave it open. */
export function roleOf(name: string, column: ColumnProfile, rows: number): Role {
  const { kind, distinct } = column
  if (kind === 'date' || kind === 'timestamp') return 'time'
  if (kind === 'boolean') return 'flag'
  if (kind === 'string') return textRole(name, column)
  if (PLACE.test(name)) return 'none'
  if (KEY.test(name)) return 'key'
  if (kind === 'integer' && CALENDAR.test(name)) return 'category'
  if (LEVEL.test(name)) return 'level'
  if (ADDITIVE.test(name)) return 'sum'
  if (kind === 'integer' && distinct <= 12 && rows > 3 * distinct) return 'category'
  return 'sum'
}

function textRole(name: string, { distinct, length, unique }: ColumnProfile): Role {
  if (KEY.test(name)) return 'key'
  if (length > LONGEST_LABEL) return 'none'
  return distinct <= 200 && !unique ? 'category' : 'label'
}

/** How sure one can be that a unique column names its rows: 0 for not at all. */
export function keyStrength(name: string, relation: string, { kind, length }: ColumnProfile): number {
  if (kind !== 'string' && kind !== 'integer') return 0
  if (name === 'id' || name === `${relation}_id` || name === `${relation.replace(/s$/, '')}_id`) return 4
  if (/(^|_)(id|uuid|guid|key)$/.test(name)) return 3
  if (/(^|_)(code|sku|hash|slug|iata|iso|isbn)($|_)/.test(name)) return 2
  return kind === 'string' && length > 0 && length <= 60 ? 1 : 0
}
