import type { QueryDefinition } from '../../definitions/index.ts'
import { fail } from '../../diagnostics/index.ts'
import { fromMillis, utcToLocal } from '../../semantic/index.ts'
import type { Row } from '../checks/check.ts'
import type { Clock } from '../checks/periods.ts'
import type { Query } from '../evaluate/ask.ts'
import type { Rule } from '../rule.ts'
import { type Sample, simulate, type Timeline } from './simulate.ts'

export interface BacktestInput {
  readonly rule: Rule
  readonly org: string | null
  readonly query: Query
  readonly clock: Clock
  readonly from: Date
  readonly to: Date
}

export interface Backtest extends Timeline {
  readonly name: string
  readonly title: string
  readonly org: string | null
  readonly condition: string
  readonly from: Date
  readonly to: Date
  readonly episodes: readonly Episode[]
  readonly format: Rule['metric']['format']
}

/** A time in which an instance fired. */
export interface Episode {
  readonly labels: Sample['labels']
  readonly from: Date
  /** Null where it still fired at the end. */
  readonly to: Date | null
  readonly why: string
}

/** Steps of alerts that need a query for each. */
const MOST_QUERIES = 2000
const MOST_STEPS = 100_000

/** When an alert would have fired on the history as it is known now. */
export async function backtest({ clock, from, org, query, rule, to }: BacktestInput): Promise<Backtest> {
  const span = to.getTime() - from.getTime()
  const isByPeriod = rule.check.question(to.getTime()).grain !== undefined
  const { every } = rule.timing
  const step = isByPeriod ? Math.max(every, Math.ceil(span / MOST_STEPS / every) * every) : every
  if (!isByPeriod && span / step > MOST_QUERIES) {
    const days = Math.floor((MOST_QUERIES * step) / 86_400_000)
    fail(
      'AM8035',
      `\`${rule.name}\` is checked every ${Math.round(step / 60_000)} minutes: that makes ${Math.ceil(span / step)} questions.`,
      {
        hint: `Choose a range of ${days > 0 ? `${days} days` : 'hours'} or less.`,
      },
    )
  }
  const answer = isByPeriod
    ? await prefetched(rule, query, from.getTime(), to.getTime(), clock)
    : (question: QueryDefinition) => query(question)
  const timeline = await simulate({ rule, org, query: answer, from: from.getTime(), to: to.getTime(), step })
  const { check, metric, name, title } = rule
  const format = rule.alert.type === 'budget' ? ({ type: 'percent' } as const) : metric.format
  return { name, title, org, condition: check.words, from, to, format, ...timeline, episodes: episodesOf(timeline) }
}

/**
 * All periods are asked for at once; each check then sees those that had begun. While they are the same ones and all
 * over, the very same rows are given.
 */
async function prefetched(rule: Rule, query: Query, from: number, to: number, { timezone }: Clock) {
  const first = rule.check.question(from)
  const last = rule.check.question(to)
  const rows = await query({ ...last, from: first.from ?? '', to: last.to ?? '' })
  const sorted = [...rows].sort((a, b) => (String(a.time) < String(b.time) ? -1 : 1))
  let complete: { readonly range: string; readonly rows: readonly Row[] } | undefined
  return async ({ from: start = '', to: end = '' }: QueryDefinition, now: number): Promise<readonly Row[]> => {
    const range = `${start} ${end}`
    if (complete?.range === range) return complete.rows
    const present = utcToLocal(fromMillis(now), timezone)
    const found = sorted.filter(({ time }) => {
      const label = String(time)
      return label >= start.slice(0, label.length) && label.slice(0, end.length) <= end && label <= present
    })
    complete = end < present.slice(0, end.length) ? { range, rows: found } : undefined
    return found
  }
}

function episodesOf({ changes }: Timeline): readonly Episode[] {
  const open = new Map<string, Episode>()
  const closed: Episode[] = []
  for (const { at, from, instance, to } of changes) {
    if (to === 'firing' && from !== 'recovering' && !open.has(instance.key)) {
      open.set(instance.key, { labels: instance.labels, from: new Date(at), to: null, why: instance.detail.text })
    }
    const episode = open.get(instance.key)
    if (to !== 'normal' || episode === undefined) continue
    closed.push({ ...episode, to: new Date(at) })
    open.delete(instance.key)
  }
  return [...closed, ...open.values()].sort((a, b) => a.from.getTime() - b.from.getTime())
}
