import { UserError } from '../../diagnostics/index.ts'
import { SqlError, type Warehouse } from '../../warehouse/index.ts'
import { ClaimError } from '../accept/busy-error.ts'
import { isRejected } from '../accept/event.ts'
import type { ItemResult } from '../accept/item.ts'
import { loadEventFilter } from '../dedup/event-filter.ts'
import { findStoredIn } from '../dedup/find-stored.ts'
import { DurationCounter } from '../measures.ts'
import { type KnownEvents, rejectChecked } from './decide.ts'
import type { Delivery, Entry } from './delivery.ts'
import { halves, type Job, jobOf } from './job.ts'
import { writeGroup } from './write-group.ts'

interface Waiting {
  readonly delivery: Delivery
  readonly resolve: (results: readonly ItemResult[]) => void
  readonly reject: (error: unknown) => void
}

const committers = new WeakMap<Warehouse, Committer>()

/** Writes deliveries, as many as wait in one transaction, and answers each after the commit. */
export class Committer {
  readonly #warehouse: Warehouse
  #known: Promise<KnownEvents> | undefined
  readonly #eventsPerCommit: number
  readonly #waiting: Waiting[] = []
  #running: Promise<void> | undefined
  queued = 0
  /** How long transactions took. */
  readonly durations = new DurationCounter()
  /** Events per second of the latest commits. */
  pace = 0

  private constructor(warehouse: Warehouse, eventsPerCommit: number) {
    this.#warehouse = warehouse
    this.#eventsPerCommit = eventsPerCommit
  }

  /** The one of a warehouse: two would not see each other's events. */
  static of(warehouse: Warehouse, eventsPerCommit: number): Committer {
    const committer = committers.get(warehouse) ?? new Committer(warehouse, eventsPerCommit)
    committers.set(warehouse, committer)
    return committer
  }

  /** Begins to read what the warehouse has; events that come meanwhile wait. */
  prepare(): void {
    this.#load().catch(() => undefined)
  }

  deliver(delivery: Delivery): Promise<readonly ItemResult[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ delivery, resolve, reject })
      this.queued += delivery.events.length
      this.#running ??= this.#run()
    })
  }

  async drained(): Promise<void> {
    await this.#running
  }

  /** Tried again with the next events if it fails. */
  #load(): Promise<KnownEvents> {
    const find = findStoredIn(this.#warehouse)
    this.#known ??= loadEventFilter(this.#warehouse)
      .then((filter) => ({ filter, find }))
      .catch((error: unknown) => {
        this.#known = undefined
        throw error
      })
    return this.#known
  }

  async #run() {
    // Requests that arrive in the same turn of the event loop go together.
    await new Promise((resume) => setImmediate(resume))
    while (this.#waiting.length > 0) {
      const started = performance.now()
      const group = this.#nextGroup()
      const size = await this.#commit(group)
      this.queued -= size
      this.durations.add((performance.now() - started) / 1000)
      this.pace = 0.8 * this.pace + (0.2 * size * 1000) / Math.max(1, performance.now() - started)
    }
    this.#running = undefined
  }

  #nextGroup(): readonly Waiting[] {
    let events = 0
    let count = 0
    for (const { delivery } of this.#waiting) {
      events += delivery.events.length
      if (count > 0 && events > this.#eventsPerCommit) break
      count++
    }
    return this.#waiting.splice(0, count)
  }

  async #commit(group: readonly Waiting[]): Promise<number> {
    const jobs = group.map(({ delivery }) => jobOf(delivery))
    try {
      await this.#write(jobs)
      for (const [index, { resolve, reject }] of group.entries()) {
        const job = jobs[index]
        if (job?.claim.isHeld) resolve(job.entries.map(resultOf))
        else reject(new ClaimError())
      }
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
    return jobs.reduce((sum, { entries }) => sum + entries.length, 0)
  }

  /** One row that the warehouse refuses must not keep the others out: halves are tried until it is found. */
  async #write(jobs: readonly Job[]): Promise<void> {
    try {
      await this.#transact(jobs)
    } catch (error) {
      if (!isRowError(error)) throw error
      const [first, second] = halves(jobs)
      if (second.length > 0) {
        await this.#write(first)
        await this.#write(second)
      } else await this.#writeRefused(first, error)
    }
  }

  async #writeRefused(jobs: readonly Job[], error: Error): Promise<void> {
    const entry = jobs[0]?.entries[0]
    if (entry === undefined || isRejected(entry.event)) throw error
    entry.event = rejectChecked(entry.event, { code: 'AM7011', reason: error.message })
    await this.#transact(jobs)
  }

  async #transact(jobs: readonly Job[], attempts = 5): Promise<void> {
    try {
      const known = await this.#load()
      const fresh = await this.#warehouse.transaction(async (tx) => {
        const claimed: Entry[][] = []
        for (const job of jobs) {
          job.claim.isHeld = (await job.claim.ask?.(tx)) ?? true
          if (job.claim.isHeld) claimed.push(job.entries)
        }
        return writeGroup(tx, claimed.flat(), known)
      })
      for (const { fingerprint } of fresh) known.filter.add(fingerprint)
    } catch (error) {
      // Another process wrote the same event in between: now it will be found.
      if (attempts > 1 && isConflict(error)) return this.#transact(jobs, attempts - 1)
      throw error
    }
  }
}

function resultOf({ result }: Entry): ItemResult {
  if (result === undefined) throw new Error('An event was committed without a result.')
  return result
}

const isConflict = (error: unknown): error is SqlError =>
  error instanceof SqlError && (error.kind === 'conflict' || /duplicate key|unique constraint/i.test(error.message))

const isRowError = (error: unknown): error is Error =>
  (error instanceof SqlError && error.kind === 'value' && !isConflict(error)) ||
  (error instanceof UserError && error.diagnostics.some(({ code }) => code === 'AM3011'))
