import type { Evaluator } from './evaluator.ts'

export interface Running {
  /** Waits for the check that runs. */
  stop(): Promise<void>
}

export interface RunOptions {
  readonly evaluator: Evaluator
  /** Alerts on events whose data changed since the last call. */
  readonly changed: () => Promise<ReadonlySet<string>>
  readonly now: () => Date
  readonly onTrouble: (error: unknown) => void
}

/** A look for changed data. */
const LOOK = 1000
/** The lease is kept, and what is due is checked. */
const TICK = 10_000

/** Checks alerts as they are due, and those on events as soon as their data changes, whatever else is being checked. */
export function run({ changed, evaluator, now, onTrouble }: RunOptions): Running {
  let looks = 0
  const events = repeat(LOOK, onTrouble, async () => {
    const wanted = await changed()
    const isDue = looks % (TICK / LOOK) === 0
    looks += 1
    if (wanted.size > 0 || isDue) await evaluator.tick(now(), { part: 'events', wanted })
  })
  const others = repeat(TICK, onTrouble, async () => {
    await evaluator.tick(now(), { part: 'others' })
  })
  return {
    stop: async () => {
      await Promise.all([events.stop(), others.stop()])
    },
  }
}

/** Does a thing again, so long after it was done. */
function repeat(every: number, onTrouble: (error: unknown) => void, work: () => Promise<void>): Running {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> = Promise.resolve()
  const schedule = (after: number) => {
    timer = setTimeout(() => {
      working = work()
        .catch(onTrouble)
        .then(() => (stopped ? undefined : schedule(every)))
    }, after)
  }
  schedule(LOOK)
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
      return working
    },
  }
}
