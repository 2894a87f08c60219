/** Reads what others wrote without promises. */
export type Row = Readonly<Record<string, unknown>>

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const row = (value: unknown): Row => (isRow(value) ? value : {})
export const rows = (value: unknown): readonly Row[] => (Array.isArray(value) ? value.filter(isRow) : [])

export function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** Numbers, also written as text; 0 for anything else. */
export function number(value: unknown): number {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof read === 'number' && Number.isFinite(read) ? read : 0
}

export const count = (value: unknown): number => Math.max(0, Math.round(number(value)))

/** RFC 3339 of a time as text or in milliseconds; empty where it is none. */
export function time(value: unknown): string {
  const read = typeof value === 'number' || /^\d{12,}$/.test(text(value)) ? number(value) : Date.parse(text(value))
  return Number.isFinite(read) && Math.abs(read) < 8.64e15 ? new Date(read).toISOString() : ''
}
