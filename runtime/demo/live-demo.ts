import type { ResolvedConfig } from '../config/index.ts'
import { acceptPatiently, ensureRawTables, type Ingest } from '../ingest/index.ts'
import type { Warehouse } from '../warehouse/index.ts'
import { type DemoEvent, loadGenerator, optionsOf } from './generator.ts'
import { readDemoState } from './mark.ts'

interface LiveDemoOptions {
  readonly config: ResolvedConfig
  readonly warehouse: Warehouse
  readonly intake: () => Promise<Ingest>
  readonly clock?: () => number
  /** Milliseconds between two looks at the clock. */
  readonly every?: number
}

/** Goes on with the demo of a warehouse, so that there is something new to see. */
interface LiveDemo {
  /** First what was missed, then what happens now; nothing where there is no demo, or anything beside it. */
  start(onTrouble: (error: unknown) => void): void
  /** Waits for what is being sent. */
  stop(): Promise<void>
  /** Stops for the time of something that changes the demo, and goes on with what is there then. */
  pauseFor<T>(work: () => Promise<T>): Promise<T>
}

const PORTION = 2000
const DAY = 86_400_000

/** More than this is not made up for after the server was off. */
const LONGEST_GAP = 31 * DAY

/** Whoever opens the page at once comes first. */
const FIRST_WAIT = 1500

export function createLiveDemo({ every = 10_000, clock = Date.now, ...options }: LiveDemoOptions): LiveDemo {
  let report: ((error: unknown) => void) | undefined
  let running: Running | undefined
  const run = () => {
    if (report !== undefined) running = keepSending({ ...options, every, clock, onTrouble: report })
  }
  const halt = async () => {
    await running?.stop()
    running = undefined
  }
  return {
    start: (onTrouble) => {
      report = onTrouble
      run()
    },
    stop: () => {
      report = undefined
      return halt()
    },
    pauseFor: async (work) => {
      await halt()
      return work().finally(run)
    },
  }
}

interface Running {
  stop(): Promise<void>
}
type SendingOptions = Required<LiveDemoOptions> & { readonly onTrouble: (error: unknown) => void }

function keepSending(options: SendingOptions): Running {
  const { every, clock, onTrouble } = options
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> = Promise.resolve()
  const isStopped = () => stopped
  const after = (wait: number, work: () => Promise<void>) => {
    if (stopped) return
    timer = setTimeout(() => {
      working = work().catch(onTrouble)
    }, wait)
  }
  const look = (feed: Feed): Promise<void> =>
    sendDue(feed, clock, isStopped)
      .catch(onTrouble)
      .then(() => after(every, () => look(feed)))
  const begin = async () => {
    const feed = await open(options)
    if (feed !== undefined) await look(feed)
  }
  after(Math.min(every, FIRST_WAIT), begin)
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
      return working
    },
  }
}

/** Events to come, with the ingest that takes them. */
interface Feed {
  readonly ingest: Ingest
  readonly events: Iterator<DemoEvent>
  /** What is due, or was not taken yet. */
  waiting: DemoEvent[]
}

async function open({ config, warehouse, intake, clock }: SendingOptions): Promise<Feed | undefined> {
  if (config.demo === null) return undefined
  await ensureRawTables(warehouse)
  const state = await readDemoState(warehouse)
  if (state === undefined) return undefined
  const { generateLive } = await loadGenerator(config)
  if (generateLive === undefined) return undefined
  const now = clock()
  const since = new Date(Math.max(state.newest.getTime(), now - LONGEST_GAP))
  const events = generateLive({ ...optionsOf(state.mark), since, liveFrom: new Date(now) })
  return { ingest: await intake(), events: events[Symbol.iterator](), waiting: [] }
}

async function sendDue(feed: Feed, clock: () => number, isStopped: () => boolean): Promise<void> {
  while (!isStopped()) {
    const isMore = takeDue(feed, new Date(clock()).toISOString())
    const due = feed.waiting.slice(0, -1)
    if (due.length > 0) {
      const items = due.map((event) => ({ org: event.orgid, event }))
      await acceptPatiently(feed.ingest, items, { origin: 'demo', backfill: true })
      feed.waiting = feed.waiting.slice(due.length)
    }
    if (!isMore) return
    await new Promise((resume) => setImmediate(resume))
  }
}

/** Reads on until an event lies in the future, which stays the last one waiting; true if a portion was full before. */
function takeDue({ events, waiting }: Feed, now: string): boolean {
  for (;;) {
    const last = waiting.at(-1)
    if (last !== undefined && last.receivedtime > now) return false
    if (waiting.length > PORTION) return true
    const next = events.next()
    if (next.done === true) return false
    waiting.push(next.value)
  }
}
