import type { QueryDefinition } from '../runtime/definitions/index.ts'
import { isError } from '../runtime/diagnostics/index.ts'
import { callServer, readServerFile, type ServerFile } from '../runtime/local-server/index.ts'
import { loadProject, type Project } from '../runtime/project/index.ts'
import type { QueryAnswer, SqlAnswer } from '../runtime/semantic/index.ts'
import type { As } from './caller.ts'
import type { Output } from './output.ts'

/** Answers questions: in this process, or through the running server where that holds the warehouse. */
export interface Engine {
  query(query: QueryDefinition, as: As): Promise<QueryAnswer>
  sql(query: QueryDefinition, as: As): Promise<SqlAnswer>
  close(): Promise<void>
}

export async function openEngine(dir: string, out: Output): Promise<Engine> {
  const server = readServerFile(dir)
  if (server !== undefined) return remoteEngine(server, out)
  return localEngine(await loadProject(dir), out)
}

function remoteEngine(server: ServerFile, out: Output): Engine {
  const onErrors = (errors: number) => noteBroken(errors, out)
  const ask = (query: QueryDefinition, rest: object) =>
    callServer(server, '/api/v1/query', { body: { ...query, draft: true, ...rest }, onErrors })
  return {
    query: (query, as) => ask(query, { as }) as Promise<QueryAnswer>,
    sql: (query, as) => ask(query, { as, sql: true }) as Promise<SqlAnswer>,
    close: async () => undefined,
  }
}

async function localEngine({ config, manifest, diagnostics }: Project, out: Output): Promise<Engine> {
  const errors = diagnostics.filter(isError).length
  if (errors > 0) noteBroken(errors, out)
  const { openWarehouse } = await import('../runtime/warehouse/index.ts')
  const { createSemanticLayer } = await import('../runtime/semantic/index.ts')
  const { lookUpAttributes, onlyTenant } = await import('../runtime/identity/index.ts')
  const warehouse = await openWarehouse(config.warehouse)
  const layer = await createSemanticLayer({ manifest, warehouse, rollups: 'manual' })
  const contextOf = async ({ role, org, user }: As) => {
    const person = { org: org ?? (await onlyTenant(manifest, warehouse)), user: user ?? null }
    const attributes = await lookUpAttributes(config.identity, config.tenancy?.key ?? null, warehouse, person)
    return { ...person, role, attributes }
  }
  return {
    query: async (query, as) => layer.query(query, await contextOf(as)),
    sql: async (query, as) => layer.sql(query, await contextOf(as)),
    close: async () => {
      await layer.close()
      await warehouse.close()
    },
  }
}

function noteBroken(errors: number, out: Output) {
  out.note(`The definitions have ${errors} errors; what is broken is left out. See: metrics validate`)
}
