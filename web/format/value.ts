export interface MetricFormat {
  readonly type: 'number' | 'percent' | 'currency' | 'duration' | 'bytes'
  readonly currency?: string
  readonly decimals?: number
  readonly unit?: string
}

export type Detail = 'compact' | 'exact' | 'axis'

const LOCALE = 'en-US'
const NOTHING = '—'

/** A value as people read it: compact from ten thousand on in cards and axes, exact in tooltips and tables. */
export function formatValue(value: unknown, format: MetricFormat, detail: Detail = 'compact'): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (value === null || value === undefined || Number.isNaN(value)) return NOTHING
  if (typeof value !== 'number') return String(value)
  if (format.type === 'percent')
    return percent(value, detail === 'axis' ? Math.min(2, digitsOf(value * 100)) : (format.decimals ?? 1))
  if (format.type === 'currency') return money(value, format, detail)
  if (format.type === 'duration') return duration(value * secondsOf(format.unit), format.unit)
  if (format.type === 'bytes') return bytes(value)
  const text = plain(value, format.decimals, detail)
  // At an axis there is no room for the unit, and every label would say it again.
  return format.unit === undefined || detail === 'axis' ? text : `${text} ${format.unit}`
}

/** A change: relative for amounts, in points for rates. */
export function formatChange(now: number, before: number, format: MetricFormat): string | null {
  if (format.type === 'percent') return `${signed((now - before) * 100, 1)} pts`
  if (before === 0) return now === 0 ? '0%' : null
  const change = ((now - before) / Math.abs(before)) * 100
  return Math.abs(change) >= 1000 ? `${signed(now / before, 0)}×` : `${signed(change, 1)}%`
}

function signed(value: number, digits: number): string {
  const rounded = Number(value.toFixed(digits))
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : ''}${Math.abs(rounded).toFixed(digits)}`
}

function plain(value: number, decimals: number | undefined, detail: Detail): string {
  if (detail !== 'exact' && Math.abs(value) >= 10_000) return compact(value)
  const digits =
    detail === 'axis' ? digitsOf(value) : (decimals ?? (Number.isInteger(value) ? 0 : Math.abs(value) < 10 ? 2 : 1))
  return value.toLocaleString(LOCALE, {
    minimumFractionDigits: detail === 'axis' ? 0 : (decimals ?? 0),
    maximumFractionDigits: digits,
  })
}

/** Digits behind the point that a tick of an axis has. */
const digitsOf = (value: number) => String(Number(value.toPrecision(6))).split('.')[1]?.length ?? 0

function percent(value: number, digits: number): string {
  return `${(value * 100).toLocaleString(LOCALE, { minimumFractionDigits: digits, maximumFractionDigits: digits })}%`
}

function money(value: number, { currency = 'USD', decimals }: MetricFormat, detail: Detail): string {
  const style = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const
  if (detail !== 'exact' && Math.abs(value) >= 10_000) {
    return value.toLocaleString(LOCALE, { ...style, notation: 'compact', maximumSignificantDigits: 3 })
  }
  const least = Number.isInteger(value) ? 0 : Math.max(2, digitsOf(value))
  const digits = detail === 'axis' ? least : (decimals ?? (Math.abs(value) < 100 || detail === 'exact' ? 2 : 0))
  return value.toLocaleString(LOCALE, { ...style, minimumFractionDigits: digits, maximumFractionDigits: digits })
}

function compact(value: number): string {
  return value.toLocaleString(LOCALE, { notation: 'compact', maximumSignificantDigits: 3 })
}

/** Seconds in the unit of a duration. */
export function secondsOf(unit: string | undefined): number {
  return { ms: 0.001, s: 1, m: 60, min: 60, h: 3600 }[unit ?? 's'] ?? 1
}

/** What is told in minutes or hours is work: a day of it would be no day of the clock. */
const isWork = (unit: string | undefined) => unit === 'm' || unit === 'min' || unit === 'h'

function duration(seconds: number, unit: string | undefined): string {
  const size = Math.abs(seconds)
  if (size === 0) return '0 s'
  if (size < 1) return `${Math.round(seconds * 1000)} ms`
  if (size < 10) return `${seconds.toFixed(1)} s`
  if (size < 60) return `${Math.round(seconds)} s`
  if (size < 3600) return twoUnits(seconds, 60, 'm', 's')
  if (size < 48 * 3600) return twoUnits(seconds / 60, 60, 'h', 'm')
  if (isWork(unit)) return `${Math.round(seconds / 3600).toLocaleString(LOCALE)}h`
  return twoUnits(seconds / 3600, 24, 'd', 'h')
}

function twoUnits(value: number, base: number, big: string, small: string): string {
  const total = Math.round(value)
  const rest = Math.abs(total % base)
  return rest === 0 ? `${Math.trunc(total / base)}${big}` : `${Math.trunc(total / base)}${big} ${rest}${small}`
}

function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, Math.abs(value))) / 10))
  const scaled = value / 1024 ** power
  return `${scaled.toLocaleString(LOCALE, { maximumFractionDigits: power === 0 ? 0 : 1 })} ${units[power]}`
}
