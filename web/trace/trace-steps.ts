import { toMillis } from '../format/calendar.ts'
import type { Row } from '../queries/answers.ts'
import type { MetricInfo, StepsInfo } from '../queries/project.ts'

/** A step of a record as the timeline shows it. */
export interface Step {
  readonly key: string
  readonly number: number
  readonly kind: string
  readonly title: string
  readonly status: string
  readonly texts: readonly string[]
  /** Milliseconds since the first step began, or null where its time is not known. */
  readonly start: number | null
  readonly duration: number | null
  readonly depth: number
  readonly row: Row
}

/** Steps in their order, those within another one below it. */
export function stepsOf(
  rows: readonly Row[],
  info: StepsInfo,
  duration: MetricInfo | undefined,
  seconds: number,
): readonly Step[] {
  const begun = rows.map((row) => beginOf(row, info, duration, seconds))
  const known = begun.filter((time) => time !== null)
  const zero = known.length === 0 ? 0 : Math.min(...known)
  const plain = rows.map((row, index): Step => {
    const start = begun[index] ?? null
    return {
      key: text(row, info.key),
      number: index + 1,
      kind: text(row, info.kind),
      title: text(row, info.title),
      status: text(row, info.status),
      texts: info.text.map((name) => text(row, name)).filter((value) => value !== ''),
      start: start === null ? null : start - zero,
      duration: durationOf(row, duration, seconds),
      depth: 0,
      row,
    }
  })
  return info.parent === null ? plain : nested(plain, info.id, info.parent)
}

/** The time of a step is when it was reported: at its end, where its duration is known. */
function beginOf(
  row: Row,
  { time, start }: StepsInfo,
  duration: MetricInfo | undefined,
  seconds: number,
): number | null {
  const began = start === null ? null : row[start]
  if (typeof began === 'string') return toMillis(began)
  const at = time === null ? null : row[time]
  if (typeof at !== 'string') return null
  const end = toMillis(at)
  return Number.isNaN(end) ? null : end - (durationOf(row, duration, seconds) ?? 0)
}

function durationOf(row: Row, duration: MetricInfo | undefined, seconds: number): number | null {
  const value = duration === undefined ? null : row[duration.name]
  return typeof value === 'number' ? value * seconds * 1000 : null
}

function text(row: Row, name: string | null): string {
  const value = name === null ? null : row[name]
  return value === null || value === undefined ? '' : String(value)
}

function nested(steps: readonly Step[], id: string, parent: string): readonly Step[] {
  const idOf = (step: Step) => text(step.row, id)
  const keys = new Set(steps.map(idOf))
  const children = new Map<string, Step[]>()
  for (const step of steps) {
    const above = text(step.row, parent)
    const place = keys.has(above) && above !== idOf(step) ? above : ''
    children.set(place, [...(children.get(place) ?? []), step])
  }
  const seen = new Set<string>()
  const walk = (place: string, depth: number): readonly Step[] =>
    (children.get(place) ?? []).flatMap((step) => {
      if (seen.has(step.key)) return []
      seen.add(step.key)
      return [{ ...step, depth }, ...walk(idOf(step), depth + 1)]
    })
  const tree = walk('', 0)
  return [...tree, ...steps.filter(({ key }) => !seen.has(key))]
}

export const isFailed = (status: string): boolean => /err|fail|denied|reject|timeout|crash/i.test(status)

/** Steps that have the words, of the kind and status asked for. */
export function matching(
  steps: readonly Step[],
  { search, kind, failedOnly }: { readonly search: string; readonly kind: string; readonly failedOnly: boolean },
): readonly Step[] {
  const words = search.trim().toLowerCase()
  return steps.filter((step) => {
    if (kind !== '' && step.kind !== kind) return false
    if (failedOnly && !isFailed(step.status)) return false
    return words === '' || [step.kind, step.title, step.status, ...step.texts].join('\n').toLowerCase().includes(words)
  })
}
