import { fail } from '../../diagnostics/index.ts'
import { fromMillis, type Local, toMillis, utcToLocal } from '../calendar.ts'

const DAY = /^\d{4}-\d\d-\d\d$/
const LOCAL = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?$/
const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)$/

/** Local times of the first and last millisecond; an end that is not given is open. */
export interface Range {
  readonly from: Local | undefined
  readonly to: Local | undefined
}

export function dateRange(from: string | undefined, to: string | undefined, zone: string): Range {
  const range = {
    from: from === undefined ? undefined : localTime(from, zone, 'from', false),
    to: to === undefined ? undefined : localTime(to, zone, 'to', true),
  }
  if (range.from !== undefined && range.to !== undefined && range.from > range.to) {
    return fail('AM4009', `The range ends (${to}) before it starts (${from}).`, { hint: 'Swap `from` and `to`.' })
  }
  return range
}

function localTime(text: string, zone: string, key: string, end: boolean): Local {
  const local = DAY.test(text)
    ? `${text}T${end ? '23:59:59.999' : '00:00:00.000'}`
    : LOCAL.test(text)
      ? padded(text)
      : INSTANT.test(text) && Number.isFinite(Date.parse(text.replace(' ', 'T')))
        ? utcToLocal(fromMillis(Date.parse(text.replace(' ', 'T'))), zone)
        : undefined
  if (
    local !== undefined &&
    Number.isFinite(toMillis(local)) &&
    fromMillis(toMillis(local)).slice(0, 10) === local.slice(0, 10)
  ) {
    return local
  }
  return fail('AM4009', `\`${key}: ${text}\` is not a date.`, { hint: 'Write `2024-03-31` or `2024-03-31T09:00:00`.' })
}

const padded = (text: string): Local => `${text.slice(0, 16).replace(' ', 'T')}${seconds(text)}`

function seconds(text: string): string {
  const [, value = '00', fraction = ''] = /:\d\d:(\d\d)(?:\.(\d+))?$/.exec(text) ?? []
  return `:${value}.${fraction.padEnd(3, '0').slice(0, 3)}`
}
