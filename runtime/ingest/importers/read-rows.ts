import type { Skipped } from './imported.ts'
import { isRow, type Row } from './value.ts'

export interface Rows {
  readonly items: readonly { readonly line: number; readonly item: Row }[]
  readonly skipped: readonly Skipped[]
}

/** Rows of a JSON document, under one of the keys or as a list, or of NDJSON, whose lines may be such documents. */
export function readRows(document: string, keys: readonly string[]): Rows {
  const whole = parse(document)
  if (whole !== undefined) return numbered(rowsIn(whole, keys))
  const items: { line: number; item: Row }[] = []
  const skipped: Skipped[] = []
  for (const [index, line] of document.split('\n').entries()) {
    if (line.trim() === '') continue
    const parsed = parse(line)
    if (parsed === undefined) skipped.push({ line: index + 1, reason: 'not JSON' })
    for (const item of parsed === undefined ? [] : rowsIn(parsed, keys)) {
      if (isRow(item)) items.push({ line: index + 1, item })
      else skipped.push({ line: index + 1, reason: 'not an object' })
    }
  }
  return { items, skipped }
}

function numbered(found: readonly unknown[]): Rows {
  const all = found.map((item, index) => ({ line: index + 1, item }))
  return {
    items: all.flatMap(({ line, item }) => (isRow(item) ? [{ line, item }] : [])),
    skipped: all.flatMap(({ line, item }) => (isRow(item) ? [] : [{ line, reason: 'not an object' }])),
  }
}

function rowsIn(document: unknown, keys: readonly string[]): readonly unknown[] {
  if (Array.isArray(document)) return document
  if (!isRow(document)) return [document]
  const lists = keys.map((key) => document[key]).filter(Array.isArray)
  return lists.length > 0 ? lists.flat() : [document]
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
