import { GRAINS, type Grain } from '../../definitions/index.ts'
import type { Leaf, Span, SqlExpression, SqlPart, Window } from '../manifest.ts'

/** A metric as an expression over leaves; `{ metric }` parts name the key of a leaf. */
export interface NormalForm {
  readonly expression: SqlExpression
  readonly leaves: ReadonlyMap<string, Leaf>
}

/** A simple metric is its own only leaf. */
export function simpleForm(metric: string, model: string): NormalForm {
  return formOf([leafOf(metric, model, null, null)], (leaves) => leaves.map(({ key }) => ({ metric: key })))
}

export const ratioForm = (numerator: NormalForm, denominator: NormalForm): NormalForm =>
  derivedForm([{ form: numerator }, { text: ' / nullif(' }, { form: denominator }, { text: ', 0)' }])

/** `parts` is text and the metrics it names, whose forms are put in their places. */
export function derivedForm(parts: readonly ({ readonly text: string } | { readonly form: NormalForm })[]): NormalForm {
  return {
    expression: joinText(parts.flatMap((part) => ('text' in part ? [part] : grouped(part.form)))),
    leaves: new Map(parts.flatMap((part) => ('text' in part ? [] : [...part.form.leaves]))),
  }
}

/** The form with every leaf over `window`, or the leaf that is over one already. */
export function overWindow(form: NormalForm, window: Window): NormalForm | { readonly leaf: Leaf } {
  const leaf = [...form.leaves.values()].find((candidate) => candidate.window !== null)
  if (leaf !== undefined) return { leaf }
  return mapLeaves(form, ({ metric, model, shift }) => leafOf(metric, model, shift, window))
}

/** The form as it was `span` ago, or the shifted leaf whose span cannot be added to it. */
export function shiftedBy(form: NormalForm, span: Span): NormalForm | { readonly leaf: Leaf } {
  const leaf = [...form.leaves.values()].find(({ shift }) => shift !== null && addSpans(shift, span) === undefined)
  if (leaf !== undefined) return { leaf }
  return mapLeaves(form, ({ metric, model, shift, window }) =>
    leafOf(metric, model, shift === null ? span : (addSpans(shift, span) ?? span), window),
  )
}

function mapLeaves({ expression, leaves }: NormalForm, change: (leaf: Leaf) => Leaf): NormalForm {
  const changed = new Map([...leaves].map(([key, leaf]) => [key, change(leaf)]))
  return {
    expression: expression.map((part) =>
      'metric' in part ? { metric: changed.get(part.metric)?.key ?? part.metric } : part,
    ),
    leaves: new Map([...changed.values()].map((leaf) => [leaf.key, leaf])),
  }
}

function formOf(leaves: readonly Leaf[], expression: (leaves: readonly Leaf[]) => SqlExpression): NormalForm {
  return { expression: expression(leaves), leaves: new Map(leaves.map((leaf) => [leaf.key, leaf])) }
}

const leafOf = (metric: string, model: string, shift: Span | null, window: Window | null): Leaf => ({
  key: [metric, windowKey(window), shift === null ? '' : `__${spanKey(shift)}_ago`].join(''),
  metric,
  model,
  shift,
  window,
})

function windowKey(window: Window | null): string {
  if (window === null) return ''
  if ('all' in window) return '__all'
  return 'toDate' in window ? `__${window.toDate}_to_date` : `__trailing_${spanKey(window.trailing)}`
}

export const spanKey = ({ count, unit }: Span): string => `${count}_${unit}${count === 1 ? '' : 's'}`

/** A single leaf stands for itself, anything longer in parentheses. */
const grouped = ({ expression }: NormalForm): SqlExpression =>
  expression.length === 1 ? expression : joinText([{ text: '(' }, ...expression, { text: ')' }])

function joinText(parts: SqlExpression): SqlExpression {
  const joined: SqlPart[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (last !== undefined && 'text' in last && 'text' in part)
      joined[joined.length - 1] = { text: last.text + part.text }
    else joined.push(part)
  }
  return joined
}

/** `28 days` */
export function parseSpan(text: string): Span {
  const [count, unit = ''] = text.split(' ')
  const grain = GRAINS.find((name) => unit === name || unit === `${name}s`)
  if (grain === undefined) throw new Error(`the schema lets no such span through: ${text}`)
  return { count: Number(count), unit: grain }
}

export const printSpan = ({ count, unit }: Span): string => `${count} ${unit}${count === 1 ? '' : 's'}`

/** Units whose lengths are multiples of each other at any date: days and weeks, months to years. */
const FAMILIES: Readonly<Record<Grain, readonly [Grain, number]>> = {
  hour: ['hour', 1],
  day: ['day', 1],
  week: ['day', 7],
  month: ['month', 1],
  quarter: ['month', 3],
  year: ['month', 12],
}

function addSpans(a: Span, b: Span): Span | undefined {
  if (a.unit === b.unit) return { count: a.count + b.count, unit: a.unit }
  const [unit, aSize] = FAMILIES[a.unit]
  const [other, bSize] = FAMILIES[b.unit]
  return unit === other ? { count: a.count * aSize + b.count * bSize, unit } : undefined
}
