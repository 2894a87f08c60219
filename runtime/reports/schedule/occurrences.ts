import { Cron } from 'croner'

export interface Schedule {
  /** Five fields of cron. */
  readonly cron: string
  readonly timezone: string
}

/** The last time of a schedule up to an instant; null where it never comes. */
export function lastOccurrence({ cron, timezone }: Schedule, at: Date): Date | null {
  // The instant itself counts, and the library looks before it.
  const found = open(cron, timezone).previousRuns(2, new Date(at.getTime() + 1000))
  return found.find((time) => time <= at) ?? null
}

export function nextOccurrence({ cron, timezone }: Schedule, after: Date): Date | null {
  return open(cron, timezone).nextRun(after)
}

const open = (cron: string, timezone: string) => new Cron(cron, { timezone, paused: true })
