import type { Finding } from './explain-errors.ts'
import { type JsonSchema, shorten } from './json-schema.ts'
import { capitalize, subject } from './subject.ts'
import type { Violation } from './violation.ts'

/** Text that does not have the form its key takes, with the text that was probably meant. */
export function explainPattern(finding: Finding): Violation {
  const { error, path, content, vocabulary } = finding
  const schema = error.parentSchema as JsonSchema
  const text = String(error.data)
  const what = capitalize(subject(path, content, vocabulary))
  const at = { path, of: 'value' } as const
  if (text.trim() === '') return { ...at, code: 'AM1106', message: `${what} is empty.`, hint: schema.description }
  if (error.keyword === 'format') {
    return {
      ...at,
      code: 'AM1113',
      message: `${what} has to be a day of the calendar, not \`${shorten(text)}\`.`,
      hint: 'Write it as `YYYY-MM-DD`.',
    }
  }
  if (error.keyword === 'maxLength') {
    return {
      ...at,
      code: 'AM1105',
      message: `${what} has ${text.length} characters; ${String(error.params.limit)} are the most.`,
      hint: 'Choose a shorter name; a `label` may be long.',
    }
  }
  const fixed = repairs(text).find((candidate) => new RegExp(schema.pattern ?? '', 'u').test(candidate))
  const code = NAMES.has(path.at(-1) ?? '') ? 'AM1105' : 'AM1106'
  const hint = `${fixed === undefined ? '' : `Write \`${fixed}\`. `}${schema.description ?? ''}`.trim()
  return { ...at, code, message: `${what} cannot be \`${shorten(text)}\`.`, hint }
}

const NAMES = new Set<string | number>(['name', 'to', 'numerator', 'denominator', 'metric'])

/** What the text would be in forms that occur in the language; only one that fits its pattern is offered. */
function repairs(text: string): readonly string[] {
  return [
    ordering(text),
    text.split('.').map(snakeCase).join('.'),
    snakeCase(text),
    reference(text),
    ...spans(text),
    path(text),
    text.toUpperCase(),
  ]
}

export const snakeCase = (text: string) =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .toLowerCase()

/** `revenue desc` → `-revenue` */
function ordering(text: string): string {
  const [, name, direction = ''] = /^(\S+)\s+(asc|desc)(?:ending)?$/i.exec(text.trim()) ?? []
  if (name === undefined) return ''
  return `${direction.toLowerCase() === 'desc' ? '-' : ''}${name.split('.').map(snakeCase).join('.')}`
}

const reference = (text: string) => text.replace(/^\{(.*)\}$/, '$1').trim()

const path = (text: string) =>
  `/${text
    .toLowerCase()
    .replace(/[^a-z0-9/_-]+/g, '-')
    .replace(/^[/-]+|-+$/g, '')}`

const UNITS: Readonly<Record<string, readonly [short: string, long: string]>> = {
  s: ['s', ''],
  sec: ['s', ''],
  second: ['s', ''],
  m: ['m', 'month'],
  min: ['m', ''],
  minute: ['m', ''],
  h: ['h', 'hour'],
  hr: ['h', 'hour'],
  hour: ['h', 'hour'],
  d: ['d', 'day'],
  day: ['d', 'day'],
  w: ['w', 'week'],
  week: ['w', 'week'],
  mo: ['', 'month'],
  mon: ['', 'month'],
  month: ['', 'month'],
  q: ['', 'quarter'],
  quarter: ['', 'quarter'],
  y: ['', 'year'],
  yr: ['', 'year'],
  year: ['', 'year'],
}

/** `15 minutes` → `15m`; `28d` → `28 days`. */
function spans(text: string): readonly string[] {
  const [, count = '1', unit] = /^-?(\d+)?\s*([a-z]+?)s?$/i.exec(text.trim()) ?? []
  if (unit === undefined) return []
  const names = UNITS[unit.toLowerCase()] ?? UNITS[`${unit.toLowerCase()}s`]
  return names ? [`${count}${names[0]}`, `${count} ${names[1]}${count === '1' ? '' : 's'}`] : []
}
