import { Argument, type Command } from 'commander'
import { loadConfig, type ResolvedConfig } from '../../runtime/config/index.ts'
import { fail, suggest } from '../../runtime/diagnostics/index.ts'
import {
  type ApiKey,
  createIdentity,
  isScope,
  type NewApiKey,
  SCOPES,
  type Scope,
} from '../../runtime/identity/index.ts'
import { callServer, readServerFile, type ServerFile } from '../../runtime/local-server/index.ts'
import { openStore } from '../../runtime/store/index.ts'
import { parseRole, wrongOption } from '../caller.ts'
import { type Call, type CommandModule, listOption, textOption } from '../command.ts'
import { textTable } from '../text-table.ts'

/** Keys in the store, or through the running server that holds it. */
interface Keys {
  create(key: NewApiKey): Promise<{ readonly key: string; readonly id: string }>
  list(): Promise<readonly ApiKey[]>
  revoke(id: string): Promise<ApiKey>
  close(): Promise<void>
}

export const command: CommandModule = {
  define,
  run: async (call) => {
    const config = await loadConfig(call.project)
    const [action, id] = call.args
    const input = action === 'create' ? readKey(call, config) : undefined
    const keys = await openKeys(config)
    try {
      if (input !== undefined) await create(call, keys, input)
      else if (action === 'revoke') await revoke(call, keys, id)
      else await list(call, keys)
      return 0
    } finally {
      await keys.close()
    }
  },
}

function define(command: Command) {
  command
    .addArgument(new Argument('<action>', 'what to do').choices(['create', 'list', 'revoke']))
    .argument('[id]', 'id of the key to revoke, or its beginning')
    .option('--org <org>', 'tenant the key belongs to')
    .option('--role <role>', 'admin, manager, user or viewer')
    .option('--scope <scopes...>', 'ingest, query, admin', 'query')
    .option('--user <user>', 'user the key belongs to')
    .option('--name <name>', 'what it is for')
    .option('--expires <date>', 'day on which it ends')
}

function readKey({ options }: Call, config: ResolvedConfig): NewApiKey {
  const org = textOption(options, 'org')
  const role = textOption(options, 'role')
  if (role === undefined) throw wrongOption('A key needs a role.', 'For example: --role viewer')
  if (config.tenancy !== null && org === undefined) {
    fail('AM5012', 'A key needs a tenant in this project.', { hint: 'For example: --org acme' })
  }
  return {
    role: parseRole(role),
    org: config.tenancy === null ? null : (org ?? null),
    scopes: listOption(options, 'scope').map(parseScope),
    user: textOption(options, 'user') ?? null,
    name: textOption(options, 'name') ?? '',
    expiresAt: parseDay(textOption(options, 'expires')),
  }
}

function parseScope(text: string): Scope {
  if (isScope(text)) return text
  throw wrongOption(`'${text}' is not a scope.`, suggest(text, SCOPES))
}

function parseDay(text: string | undefined): Date | null {
  if (text === undefined) return null
  const date = new Date(text)
  if (!Number.isNaN(date.getTime())) return date
  throw wrongOption(`--expires is a day such as 2030-01-31, not '${text}'.`)
}

async function openKeys(config: ResolvedConfig): Promise<Keys> {
  const server = readServerFile(config.dir)
  if (server !== undefined) return remoteKeys(server)
  const store = await openStore(config.store)
  const identity = createIdentity(store)
  return {
    create: (key) => identity.createKey(key, 'cli'),
    list: () => identity.listKeys(),
    revoke: (id) => identity.revokeKey(id, 'cli'),
    close: () => store.close(),
  }
}

function remoteKeys(server: ServerFile): Keys {
  const path = '/api/v1/keys'
  return {
    create: ({ org, user, expiresAt, ...key }) => {
      const body = { ...key, ...(org && { org }), ...(user && { user }), ...(expiresAt && { expires_at: expiresAt }) }
      return callServer(server, path, { body }) as Promise<{ key: string; id: string }>
    },
    list: async () => ((await callServer(server, path, { method: 'GET' })) as { keys: ApiKey[] }).keys,
    revoke: (id) => callServer(server, `${path}/${encodeURIComponent(id)}`, { method: 'DELETE' }) as Promise<ApiKey>,
    close: async () => undefined,
  }
}

/** The key stands alone on stdout, for `KEY=$(metrics keys create …)`. */
async function create({ out }: Call, keys: Keys, input: NewApiKey) {
  const { key, id } = await keys.create(input)
  if (out.json) return out.result({ id, key, org: input.org, role: input.role, scopes: input.scopes })
  out.print(key)
  out.note(`Shown this once. To revoke it: metrics keys revoke ${id}`)
}

async function list({ out }: Call, keys: Keys) {
  const all = await keys.list()
  if (out.json) return out.result({ keys: all })
  const titles = ['id', 'key', 'tenant', 'role', 'scopes', 'user', 'name', 'created', 'last used', 'state']
  const rows = all.map((key) => [
    key.id.slice(0, 8),
    `${key.hint}…`,
    key.org ?? '—',
    key.role,
    key.scopes.join(','),
    key.user_id ?? '—',
    key.name || '—',
    dayOf(key.created_at),
    dayOf(key.last_used_at),
    stateOf(key),
  ])
  out.print(
    all.length === 0
      ? 'No keys yet.'
      : textTable(
          titles.map((title) => ({ title })),
          rows,
          out.colors.bold,
        ),
  )
}

async function revoke({ out }: Call, keys: Keys, id: string | undefined) {
  if (id === undefined) throw wrongOption('Which key?', 'metrics keys revoke ID; metrics keys list shows them.')
  const key = await keys.revoke(id)
  if (out.json) out.result({ revoked: key.id })
  else out.print(`Revoked ${key.hint}… (${key.id}).`)
}

function dayOf(date: Date | string | null): string {
  return date === null ? '—' : new Date(date).toISOString().slice(0, 10)
}

function stateOf({ revoked_at, expires_at }: ApiKey): string {
  if (revoked_at !== null) return 'revoked'
  return expires_at !== null && new Date(expires_at) <= new Date() ? 'expired' : 'active'
}
