import { createHash } from 'node:crypto'
import type { ResolvedConfig } from '../config/index.ts'
import { diagnostic, fail, UserError } from '../diagnostics/index.ts'
import { importModule } from '../documents/index.ts'
import type { Warehouse } from '../warehouse/index.ts'
import { ensureRawTables } from '../ingest/index.ts'

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

/** What a demo module exports: events as CloudEvents, the tenant in `orgid`. */
interface DemoEvent {
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject?: string
  readonly time: string
  readonly orgid: string
  readonly receivedtime?: string
  readonly data: unknown
}
type Generate = (options: { readonly days?: number }) => Iterable<DemoEvent>

const COLUMNS = ['org_id', 'source', 'id', 'type', 'subject', 'time', 'received_at', 'data', 'hash']

/** Fills `raw.events` with the events of the demo, unless there are events already. */
export async function seedDemo(config: ResolvedConfig, warehouse: Warehouse, options: SeedOptions = {}): Promise<Seeded> {
  const generate = await loadGenerator(config)
  await ensureRawTables(warehouse)
  return warehouse.transaction(async (tx) => {
    if (options.reset === true) await tx.query('DELETE FROM raw.events')
    const { rows } = await tx.query('SELECT count(*) FROM raw.events')
    const existing = Number(rows[0]?.[0] ?? 0)
    if (existing > 0) return { existing, added: 0 }
    const events = generate(options.days === undefined ? {} : { days: options.days })
    const added = await tx.insert('raw.events', COLUMNS, toRows(events))
    await tx.touch('raw.events')
    return { existing, added }
  })
}

async function loadGenerator({ demo }: ResolvedConfig): Promise<Generate> {
  if (demo === null) {
    return fail('AM6003', 'This project has no demo data.', { hint: "Name a generator: demo: './demo.ts' in the config." })
  }
  const module = await importModule(demo).catch((error: unknown) => {
    throw new UserError(diagnostic('AM6004', `${demo} cannot be loaded: ${String(error)}`))
  })
  const generate = typeof module === 'object' && module !== null && 'generateEvents' in module && module.generateEvents
  if (typeof generate === 'function') return generate as Generate
  return fail('AM6004', `${demo} exports no function generateEvents.`)
}

function* toRows(events: Iterable<DemoEvent>): Generator<readonly unknown[]> {
  for (const { orgid, source, id, type, subject, time, receivedtime, data } of events) {
    const text = JSON.stringify(data)
    const hash = createHash('sha256').update(text).digest('hex')
    yield [orgid, source, id, type, subject ?? null, time, receivedtime ?? time, text, hash]
  }
}
