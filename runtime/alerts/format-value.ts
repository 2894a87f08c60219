import type { Metric } from '../compiler/index.ts'

/** A value of a metric as people read it. */
export function formatValue(format: Metric['format'], value: number | null): string {
  if (value === null) return 'no value'
  const decimals = format.decimals
  const digits =
    decimals === undefined
      ? { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 1 }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  const number = (settings: Intl.NumberFormatOptions) => formatOf(settings).format(value)
  if (format.type === 'percent') return number({ style: 'percent', maximumFractionDigits: decimals ?? 1 })
  if (format.type === 'currency')
    return number({ style: 'currency', currency: format.currency ?? 'USD', ...(decimals === undefined ? {} : digits) })
  if (format.type === 'duration') return duration(value, format.unit ?? 's')
  if (format.type === 'bytes') return bytes(value)
  return format.unit === undefined ? number(digits) : `${number(digits)} ${format.unit}`
}

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 }

function duration(value: number, unit: string): string {
  const seconds = value * (SECONDS[unit] ?? 1)
  const size = Math.abs(seconds)
  if (size < 1) return `${Math.round(seconds * 1000)} ms`
  if (size < 120) return `${round(seconds)} s`
  if (size < 7200) return `${round(seconds / 60)} min`
  return size < 172_800 ? `${round(seconds / 3600)} h` : `${round(seconds / 86_400)} days`
}

function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.abs(value) || 1) / 10)))
  return `${round(value / 1024 ** power)} ${units[power]}`
}

const round = (value: number): string => formatOf({ maximumFractionDigits: 1 }).format(value)

const formats = new Map<string, Intl.NumberFormat>()

/** Formats are dear to make, and there are few of them. */
function formatOf(settings: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(settings)
  const format = formats.get(key) ?? new Intl.NumberFormat('en-US', settings)
  formats.set(key, format)
  return format
}
