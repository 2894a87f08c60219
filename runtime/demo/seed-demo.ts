import type { ResolvedConfig } from '../config/index.ts'
import { diagnostic, fail, UserError } from '../diagnostics/index.ts'
import { importModule } from '../documents/index.ts'
import { createIngest, EVENTS, ensureRawTables } from '../ingest/index.ts'
import type { Warehouse } from '../warehouse/index.ts'

export interface SeedOptions {
  readonly days?: number
  /** True: what the demo's tenants have is deleted first. */
  readonly reset?: boolean
}

export interface Seeded {
  /** Events there were before; with any, nothing is added. */
  readonly existing: number
  readonly added: number
}

/** What a demo module generates: CloudEvents, the tenant in `orgid`. */
interface DemoEvent {
  readonly orgid: string
}
type Generate = (options: { readonly days?: number }) => Iterable<DemoEvent>

/** Events taken at a time. */
const PORTION = 5_000

/** Fills `raw.events` with the events of the demo, unless there are events already. */
export async function seedDemo(
  config: ResolvedConfig,
  warehouse: Warehouse,
  options: SeedOptions = {},
): Promise<Seeded> {
  const generate = await loadGenerator(config)
  await ensureRawTables(warehouse)
  if (options.reset === true) await deleteEvents(warehouse)
  const { rows } = await warehouse.query(`SELECT count(*) FROM ${EVENTS}`)
  const existing = Number(rows[0]?.[0] ?? 0)
  if (existing > 0) return { existing, added: 0 }
  const ingest = await createIngest({ warehouse })
  let added = 0
  for (const { org, events } of portions(generate(options.days === undefined ? {} : { days: options.days }))) {
    const results = await ingest.accept(org, events, { origin: 'demo', backfill: true })
    added += results.filter(({ status }) => status === 'accepted').length
  }
  await ingest.close()
  return { existing, added }
}

function deleteEvents(warehouse: Warehouse) {
  return warehouse.transaction(async (tx) => {
    await tx.query(`DELETE FROM ${EVENTS}`)
    await tx.touch(EVENTS)
  })
}

async function loadGenerator({ demo }: ResolvedConfig): Promise<Generate> {
  if (demo === null) {
    return fail('AM6003', 'This project has no demo data.', {
      hint: "Name a generator: demo: './demo.ts' in the config.",
    })
  }
  const module = await importModule(demo).catch((error: unknown) => {
    throw new UserError(diagnostic('AM6004', `${demo} cannot be loaded: ${String(error)}`))
  })
  const generate = typeof module === 'object' && module !== null && 'generateEvents' in module && module.generateEvents
  if (typeof generate === 'function') return generate as Generate
  return fail('AM6004', `${demo} exports no function generateEvents.`)
}

/** Events in their order, cut where the tenant changes or a portion is full. */
function* portions(
  all: Iterable<DemoEvent>,
): Generator<{ readonly org: string; readonly events: readonly DemoEvent[] }> {
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
