import { resolve } from 'node:path'
import type { ResolvedConfig } from '../runtime/config/index.ts'
import { fail, UserError } from '../runtime/diagnostics/index.ts'
import type { DeadLetter, FileFormat, FileProgress, FileReport, ReplayReport } from '../runtime/ingest/index.ts'
import { type SourceStatus, sourceStatus } from '../runtime/ingest/sources/index.ts'
import { callServer, type ServerFile } from '../runtime/local-server/index.ts'
import type { Warehouse } from '../runtime/warehouse/index.ts'

export interface Files {
  readonly names: readonly string[]
  readonly as: FileFormat | undefined
  readonly place: Readonly<Record<string, string>>
  readonly onProgress: (progress: FileProgress & { readonly file: string }) => void
}

/** Where events go: the warehouse, or the server that holds it. */
export interface IngestTarget {
  take(files: Files): Promise<readonly FileReport[]>
  deadLetters(): Promise<readonly DeadLetter[]>
  replay(): Promise<ReplayReport>
  status(): Promise<readonly SourceStatus[]>
  /** True where models are built by whoever took the events. */
  readonly builds: boolean
  close(): Promise<void>
}

export function throughServer(server: ServerFile, org: string | undefined): IngestTarget {
  const query = org === undefined ? '' : `?org=${encodeURIComponent(org)}`
  const ask = (path: string, method: 'GET' | 'POST') => callServer(server, `/api/v1/${path}${query}`, { method })
  return {
    take: async ({ names, as, place, onProgress }) => {
      const body = { files: names.map((name) => resolve(name)), place, ...(as !== undefined && { as }) }
      const onLine = (line: unknown) => onProgress((line as { progress: Parameters<typeof onProgress>[0] }).progress)
      return filesOf(await callServer(server, `/api/v1/ingest${query}`, { body, onLine }))
    },
    deadLetters: async () =>
      ((await ask('dead-letters', 'GET')) as { dead_letters: readonly DeadLetter[] }).dead_letters,
    replay: async () => (await ask('dead-letters/replay', 'POST')) as ReplayReport,
    status: async () => ((await ask('sources', 'GET')) as { sources: readonly SourceStatus[] }).sources,
    builds: true,
    close: async () => undefined,
  }
}

function filesOf(answer: unknown): readonly FileReport[] {
  const { files, problem } = answer as {
    readonly files?: readonly FileReport[]
    readonly problem?: { readonly diagnostics: ConstructorParameters<typeof UserError>[0] }
  }
  if (problem !== undefined) throw new UserError(problem.diagnostics)
  return files ?? []
}

/** Opens the warehouse; only one process may, so a server that runs comes first. */
export async function intoWarehouse(config: ResolvedConfig, org: string | undefined): Promise<IngestTarget> {
  const { openWarehouse } = await import('../runtime/warehouse/index.ts')
  const { createIngest, ensureRawTables, listDeadLetters, replayDeadLetters, takeFiles } = await import(
    '../runtime/ingest/index.ts'
  )
  const warehouse = await openWarehouse(config.warehouse)
  const inIngest = async <T>(work: (ingest: Awaited<ReturnType<typeof createIngest>>) => Promise<T>): Promise<T> => {
    const ingest = await createIngest({ warehouse })
    return work(ingest).finally(() => ingest.close())
  }
  return {
    take: ({ names, ...options }) => inIngest((ingest) => takeFiles(ingest, names, { org, ...options })),
    deadLetters: async () => {
      await ensureRawTables(warehouse)
      return listDeadLetters(warehouse, { org }, { limit: 1000 })
    },
    replay: () => inIngest((ingest) => replayDeadLetters(ingest, { org })),
    status: async () => statusOf(warehouse, org),
    builds: false,
    close: () => warehouse.close(),
  }
}

async function statusOf(warehouse: Warehouse, org: string | undefined): Promise<readonly SourceStatus[]> {
  const orgs = org === undefined ? await orgsOf(warehouse) : [org]
  const [only, ...others] = orgs
  if (others.length > 0) {
    fail('AM7026', `There are events of several tenants: ${orgs.slice(0, 20).join(', ')}.`, {
      hint: `Name one: metrics ingest --status --org ${only}`,
    })
  }
  return only === undefined ? [] : sourceStatus(warehouse, only)
}

async function orgsOf(warehouse: Warehouse): Promise<readonly string[]> {
  if ((await warehouse.describe('raw.events')).length === 0) return []
  const { rows } = await warehouse.query('SELECT DISTINCT org_id FROM raw.events ORDER BY org_id')
  return rows.map(([org]) => String(org))
}
