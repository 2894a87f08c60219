type Values = Readonly<Record<string, unknown>>
type Value = string | number | boolean

/** A setting of a widget: how a form shows it, and where it stands in a definition. */
export interface WidgetOption {
  readonly label: string
  readonly kind: 'number' | 'flag' | 'choice'
  /** What can be chosen; the empty text leaves it to the page or the metric. */
  readonly choices?: readonly (readonly [value: string, label: string])[]
  readonly hint?: string
  /** Keys of the definition that it stands for. */
  readonly keys: readonly string[]
  readonly read: (definition: Values) => Value | undefined
  readonly write: (value: Value, before: Values) => Values
  /** What stays in its keys where it has no value. */
  readonly without?: (before: Values) => Values
}

export type OptionKey =
  | 'target'
  | 'min'
  | 'max'
  | 'limit'
  | 'line'
  | 'stacked'
  | 'layout'
  | 'compare'
  | 'range'
  | 'sparkline'
  | 'severities'

const plain = (key: string, option: Omit<WidgetOption, 'keys' | 'read' | 'write'>): WidgetOption => ({
  ...option,
  keys: [key],
  read: (definition) => definition[key] as Value | undefined,
  write: (value) => ({ [key]: value }),
})

const number = (key: string, label: string, hint?: string) =>
  plain(key, { label, kind: 'number', ...(hint !== undefined && { hint }) })
const choice = (key: string, label: string, choices: WidgetOption['choices'] = []) =>
  plain(key, { label, kind: 'choice', choices })

export const OPTIONS: Readonly<Record<OptionKey, WidgetOption>> = {
  target: number('target', 'Target'),
  min: number('min', 'Scale from'),
  max: number('max', 'Scale to'),
  limit: number('limit', 'At most', 'rows or series'),
  stacked: plain('stacked', { label: 'Stacked', kind: 'flag' }),
  layout: choice('layout', 'Direction', [
    ['', 'As it fits'],
    ['vertical', 'Columns'],
    ['horizontal', 'Bars'],
  ]),
  compare: choice('compare', 'Compare with', [
    ['', 'As the page says'],
    ['previous_period', 'The period before'],
    ['previous_year', 'The year before'],
    ['none', 'Nothing'],
  ]),
  range: choice('range', 'Reaches back', [
    ['', 'As far as the page'],
    ['7d', '7 days at least'],
    ['30d', '30 days at least'],
    ['90d', '90 days at least'],
    ['12m', '12 months at least'],
  ]),
  sparkline: choice('sparkline', 'Trend', [
    ['', 'None'],
    ['hour', 'By hour'],
    ['day', 'By day'],
    ['week', 'By week'],
    ['month', 'By month'],
  ]),
  severities: {
    label: 'Which',
    kind: 'choice',
    choices: [
      ['', 'All'],
      ['critical,warning', 'Critical and warnings'],
      ['critical', 'Critical only'],
    ],
    keys: ['severities'],
    read: ({ severities }) => (Array.isArray(severities) ? severities.join(',') : undefined),
    write: (value) => ({ severities: String(value).split(',') }),
  },
  line: {
    label: 'Line at',
    kind: 'number',
    hint: 'a goal or limit in the chart',
    keys: ['reference'],
    read: ({ reference }) => constantOf(reference)?.value,
    write: (value, { reference }) => ({ reference: [{ ...constantOf(reference), value }, ...othersOf(reference)] }),
    without: ({ reference }) => (othersOf(reference).length === 0 ? {} : { reference: othersOf(reference) }),
  },
}

interface Line {
  readonly value?: number
}

const linesOf = (reference: unknown): readonly Line[] => (Array.isArray(reference) ? (reference as Line[]) : [])
const constantOf = (reference: unknown) => linesOf(reference).find(({ value }) => value !== undefined)
const othersOf = (reference: unknown) => linesOf(reference).filter((line) => line !== constantOf(reference))
