import { randomUUID } from 'node:crypto'
import { createLease, type Store } from '../store/index.ts'
import type { RetentionReport } from './retain.ts'

export interface RetentionJob {
  stop(): Promise<void>
}

export interface JobOptions {
  readonly store: Pick<Store, 'db'>
  readonly work: () => Promise<RetentionReport>
  readonly onTrouble: (error: unknown) => void
  /** Milliseconds between looks whether it is time. */
  readonly every?: number
}

const MINUTE = 60_000
/** Whoever deleted keeps the others from it for so long, and does not do it again either. */
const REST_SECONDS = 23 * 3600

/** Deletes once a day, on one of the servers that share a store. */
export function startRetention({ store, work, onTrouble, every = 10 * MINUTE }: JobOptions): RetentionJob {
  let running: Promise<unknown> = Promise.resolve()
  const look = async () => {
    // Another holder each time: its own lease keeps a server from deleting twice a day.
    const lease = createLease(store.db, 'retention', randomUUID(), REST_SECONDS)
    if (!(await lease.hold())) return
    await work().catch(async (error: unknown) => {
      await lease.release()
      throw error
    })
  }
  const timer = setInterval(() => {
    running = running.then(look).catch(onTrouble)
  }, every)
  return {
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}
