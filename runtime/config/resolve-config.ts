import { isAbsolute, resolve } from 'node:path'
import { type Diagnostic, diagnostic, suggest } from '../diagnostics/index.ts'
import type { Document } from '../documents/index.ts'
import { readEnvironment } from './environment.ts'
import type { ConfigOptions } from './load-config.ts'
import type { Age, ResolvedConfig, WarehouseConfig } from './resolved-config.ts'
import type { ProjectConfig } from './schema.ts'

interface Unresolved {
  readonly content: Partial<ProjectConfig>
  /** Absolute path of the project. */
  readonly folder: string
  readonly document: Document
  readonly options: ConfigOptions
}

/** Fills in defaults, reads the environment and makes paths absolute. */
export function resolveConfig({ content, folder, document, options }: Unresolved): {
  readonly config: ResolvedConfig
  readonly diagnostics: readonly Diagnostic[]
} {
  const environment = { env: options.env ?? process.env, required: options.requireEnv ?? true }
  const read = readEnvironment(content, environment, document.locate)
  const given = read.value as Partial<ProjectConfig>
  const zone = given.timezone ?? 'UTC'
  const zoneProblem = isTimeZone(zone) ? [] : [unknownZone(zone, document)]
  const at = (path: string) => (isAbsolute(path) ? path : resolve(folder, path))
  const config: ResolvedConfig = {
    dir: folder,
    file: document.file,
    name: given.name ?? 'project',
    warehouse: warehouseOf(given.warehouse, at),
    tenancy: given.tenancy || null,
    timezone: zoneProblem.length > 0 ? 'UTC' : zone,
    weekStart: given.weekStart ?? 'monday',
    identity: identityOf(given.identity),
    store: storeOf(given.store, at),
    server: {
      port: given.server?.port ?? 4000,
      host: given.server?.host ?? '127.0.0.1',
      url: given.server?.url ?? null,
    },
    demo: given.demo === undefined ? null : at(given.demo),
    ingest: given.ingest ?? {},
    mail: given.mail === undefined ? null : { smtp: given.mail.smtp, from: given.mail.from ?? null },
    pullRequests: pullRequestsOf(given.pull_requests),
    retention: {
      events: ageOf(given.retention?.events ?? '13 months'),
      aggregates: ageOf(given.retention?.aggregates ?? '3 years'),
    },
    delivery: {
      allowInternal: given.delivery?.allow_internal ?? [],
      attempts: given.delivery?.attempts ?? 100,
    },
  }
  return { config, diagnostics: [...read.diagnostics, ...zoneProblem] }
}

/** The schema has checked the text. */
function ageOf(text: string | false): Age | null {
  const [, count, unit] = /^(\d+) (day|week|month|year)s?$/.exec(text || '') ?? []
  return unit === undefined ? null : { count: Number(count), unit: unit as Age['unit'] }
}

function warehouseOf(given: ProjectConfig['warehouse'], at: (path: string) => string): WarehouseConfig {
  if (given?.type === 'postgres') {
    return { type: 'postgres', url: given.url, schema: given.schema ?? 'public', connections: given.connections ?? 8 }
  }
  const path = given?.path ?? 'warehouse.duckdb'
  return {
    type: 'duckdb',
    path: path === ':memory:' ? path : at(path),
    memoryLimit: given?.memoryLimit ?? null,
    threads: given?.threads ?? null,
    connections: given?.connections ?? 4,
  }
}

const APIS = { github: 'https://api.github.com', gitlab: 'https://gitlab.com/api/v4' } as const

function pullRequestsOf(given: ProjectConfig['pull_requests']): ResolvedConfig['pullRequests'] {
  if (!given) return null
  const { provider, repository, token, base = 'main', path = '', api = APIS[provider] } = given
  return { provider, repository, token, base, path: path.replace(/^[./]+|\/+$/g, ''), api: api.replace(/\/+$/, '') }
}

function identityOf(given: ProjectConfig['identity']): ResolvedConfig['identity'] {
  if (!given) return null
  const { relation, key, attributes = {}, people } = given
  return { relation, key, attributes, people: people === undefined ? null : { relation, key, ...people } }
}

function storeOf(given: ProjectConfig['store'], at: (path: string) => string): ResolvedConfig['store'] {
  if (given && 'url' in given) return { url: given.url }
  return { path: at(given?.path ?? '.metrics/store') }
}

/** True for IANA names; offsets such as `+02:00` know no daylight saving. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function unknownZone(zone: string, { locate }: Document): Diagnostic {
  const zones = Intl.supportedValuesOf('timeZone')
  const city = zones.find((name) => name.toLowerCase().endsWith(`/${zone.toLowerCase().replaceAll(' ', '_')}`))
  const hint = city === undefined ? suggest(zone, zones, 3) : `Did you mean \`${city}\`?`
  return diagnostic('AM2007', `There is no time zone \`${zone}\`.`, {
    at: locate(['timezone']),
    hint: hint?.startsWith('Did') ? hint : 'Write an IANA name, such as `Europe/Berlin`, `America/New_York` or `UTC`.',
  })
}
