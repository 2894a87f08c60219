const LONGEST = 48

/** A name of the definition language made from any text: `US Gross ($)` becomes `us_gross`. */
export function toName(text: string, otherwise: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('%', ' percent ')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, LONGEST)
    .replace(/_+$/, '')
  if (words === '') return otherwise
  return /^[a-z]/.test(words) ? words : `n_${words}`
}

/** Hands out names that are not taken yet, and none that the language keeps for itself. */
export class Names {
  readonly #taken: Set<string>

  constructor(reserved: Iterable<string> = []) {
    this.#taken = new Set(reserved)
  }

  take(...wishes: readonly string[]): string {
    const free = wishes.find((wish) => !this.#taken.has(wish)) ?? this.#numbered(wishes[0] ?? 'value')
    this.#taken.add(free)
    return free
  }

  #numbered(wish: string): string {
    for (let number = 2; ; number += 1) {
      if (!this.#taken.has(`${wish}_${number}`)) return `${wish}_${number}`
    }
  }
}

/** `us_gross` as people read it; a name that was written for people stays as it is. */
export function toLabel(name: string): string {
  if (!/^[a-z0-9_.]+$/.test(name)) return name.trim()
  const words = name.replace(/[_.]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A label within a sentence: `Amount` becomes `amount`, `US Gross` stays. */
export const inSentence = (label: string) =>
  /^\p{Lu}(\p{Ll}|$)/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label

export const singular = (name: string) =>
  name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.endsWith('s') && !name.endsWith('ss') ? name.slice(0, -1) : name

/** Words that no relation should be named after, because people write relations into SQL without quotes. */
export const RESERVED_RELATIONS: ReadonlySet<string> = new Set(
  (
    'all analyse analyze and any array as asc asymmetric authorization between binary both case cast check collate ' +
    'collation column concurrently constraint create cross current_date current_role current_time current_timestamp ' +
    'current_user default deferrable desc describe distinct do else end except false fetch for foreign freeze from full ' +
    'glob grant group having ilike in initially inner intersect into is isnull join lambda lateral leading left like limit ' +
    'localtime localtimestamp natural not notnull null offset on only or order outer overlaps pivot pivot_longer ' +
    'pivot_wider placing positional primary qualify references returning right select semi session_user show similar ' +
    'some summarize symmetric table tablesample then to trailing true union unique unpivot user using variadic verbose ' +
    'when where window with anti asof at try_cast map struct generated main time'
  ).split(' '),
)
