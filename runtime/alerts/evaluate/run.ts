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
/** Looks between two ticks without news: the lease is kept, and what is due is checked. */
const TICK = 10

/** Checks alerts as they are due, and those on events as soon as their data changes. */
export function run({ changed, evaluator, now, onTrouble }: RunOptions): Running {
  let stopped = false
  let looks = 0
  let timer: NodeJS.Timeout | undefined
  const look = async () => {
    try {
      const wanted = await changed()
      if (wanted.size > 0 || looks % TICK === 0) await evaluator.tick(now(), wanted)
    } catch (error) {
      onTrouble(error)
    }
    looks += 1
    if (!stopped) schedule()
  }
  let looking: Promise<void> = Promise.resolve()
  const schedule = () => {
    timer = setTimeout(() => {
      looking = look()
    }, LOOK)
  }
  schedule()
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
      return looking
    },
  }
}
