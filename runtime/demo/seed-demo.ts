import type { ResolvedConfig } from '../config/index.ts'
import { createIngest, EVENTS, ensureRawTables, type Ingest } from '../ingest/index.ts'
import type { Warehouse } from '../warehouse/index.ts'
import { type DemoEvent, type DemoMark, loadGenerator, optionsOf } from './generator.ts'
import { markEvent } from './mark.ts'

export interface SeedOptions {
  readonly days?: number
  /** The same number makes the same demo; 1 by default. */
  readonly seed?: number
  /** True: what the demo's tenants have is deleted first. */
  readonly reset?: boolean
}

export interface Seeded {
  /** Events there were before; with any, nothing is added. */
  readonly existing: number
  readonly added: number
}

/** Events taken at a time. */
const PORTION = 10_000

/** Portions on their way: some are made while others are written. */
const UNDER_WAY = 3

/** Fills `raw.events` with the events of the demo, unless there are events already. */
export async function seedDemo(
  config: ResolvedConfig,
  warehouse: Warehouse,
  options: SeedOptions = {},
): Promise<Seeded> {
  const { generateEvents } = await loadGenerator(config)
  await ensureRawTables(warehouse)
  if (options.reset === true) await deleteEvents(warehouse)
  const { rows } = await warehouse.query(`SELECT count(*) FROM ${EVENTS}`)
  const existing = Number(rows[0]?.[0] ?? 0)
  if (existing > 0) return { existing, added: 0 }
  const mark: DemoMark = {
    seed: options.seed ?? 1,
    ...(options.days !== undefined && { days: options.days }),
    until: new Date().toISOString(),
  }
  const ingest = await createIngest({ warehouse })
  const added = await send(ingest, portions(marked(generateEvents(optionsOf(mark)), mark)))
  await ingest.close()
  return { existing, added }
}

function deleteEvents(warehouse: Warehouse) {
  return warehouse.transaction(async (tx) => {
    await tx.query(`DELETE FROM ${EVENTS}`)
    await tx.touch(EVENTS)
  })
}

async function send(ingest: Ingest, all: Iterable<Portion>): Promise<number> {
  const underWay: Promise<number>[] = []
  let added = 0
  for (const { org, events } of all) {
    underWay.push(
      ingest
        .accept(org, events, { origin: 'demo', backfill: true })
        .then((results) => results.filter(({ status }) => status === 'accepted').length),
    )
    if (underWay.length >= UNDER_WAY) added += (await underWay.shift()) ?? 0
    // The transaction of the portion before goes on while the next one is made.
    await new Promise((resume) => setImmediate(resume))
  }
  for (const each of underWay) added += await each
  return added
}

function* marked(events: Iterable<DemoEvent>, mark: DemoMark): Generator<DemoEvent> {
  let isFirst = true
  for (const event of events) {
    yield isFirst ? markEvent(event, mark) : event
    isFirst = false
  }
}

interface Portion {
  readonly org: string
  readonly events: readonly DemoEvent[]
}

/** Events in their order, cut where the tenant changes or a portion is full. */
function* portions(all: Iterable<DemoEvent>): Generator<Portion> {
  let events: DemoEvent[] = []
  for (const event of all) {
    const [first] = events
    if (first !== undefined && (first.orgid !== event.orgid || events.length === PORTION)) {
      yield { org: first.orgid, events }
      events = []
    }
    events.push(event)
  }
  const [first] = events
  if (first !== undefined) yield { org: first.orgid, events }
}
