import { pathToFileURL } from 'node:url'
import { fail, UserError } from '../runtime/diagnostics/index.ts'
import { createSecret, listAccounts, tenantsOf } from '../runtime/identity/index.ts'
import { createRuntime, type RunningServer, type Runtime, type Services, startServer } from '../runtime/index.ts'
import { readServerFile, removeServerFile, writeServerFile } from '../runtime/local-server/index.ts'
import { wrongOption } from './caller.ts'
import { type Call, textOption } from './command.ts'
import { packageFile } from './package-file.ts'

export interface Serving {
  readonly runtime: Runtime
  readonly url: string
  /** Resolves to the exit code when a signal or the death of the warehouse has ended it. */
  readonly ended: Promise<number>
}

/** Something else that is served by the same process. */
export interface Beside {
  /** Said with the addresses. */
  readonly lines: readonly string[]
  readonly facts: Readonly<Record<string, unknown>>
  close(): Promise<void>
}

export type OpenBeside = (
  runtime: Runtime,
  port: number,
  start: (services: Services, port: number) => Promise<RunningServer>,
) => Promise<Beside>

/** Starts the server of a project and says how to get in. */
export async function serve(call: Call, openBeside?: OpenBeside): Promise<Serving> {
  const { project: dir, out } = call
  refuseSecond(dir)
  await ensurePages()
  const ending = createEnding()
  const runtime = await createRuntime(dir, {
    onTrouble: out.note,
    onFatal: (error) => {
      out.note(`The warehouse gave up: ${error.message}. Restart the server.`)
      ending.end(70)
    },
  })
  const token = createSecret()
  const start = (services: Services, port: number) =>
    startServer(services, {
      port,
      host: textOption(call.options, 'host') ?? runtime.config.server.host,
      pagesDir: packageFile('web/dist'),
      localToken: token,
      onBug: (error) => out.note(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    })
  const orClose = async (error: unknown) => {
    await runtime.close()
    throw error
  }
  const wanted = readPort(textOption(call.options, 'port')) ?? runtime.config.server.port
  const server = await start(runtime, wanted).catch(orClose)
  const beside = await openBeside?.(runtime, server.port, start).catch(async (error: unknown) => {
    await server.close()
    return orClose(error)
  })
  const local = `http://${server.host.includes(':') ? `[${server.host}]` : server.host}:${server.port}`
  writeServerFile(dir, { url: local.replace('0.0.0.0', '127.0.0.1'), token })
  const url = runtime.config.server.url ?? `http://localhost:${server.port}`
  await announce(call, runtime, url, beside)
  const following = runtime.follow((error) => out.note(`Models could not be refreshed: ${String(error)}`), {
    live: call.options.live !== false,
  })
  const stop = async () => {
    // Streams to open pages would hold the server.
    runtime.changes.close()
    await server.close()
    await following.stop()
    await beside?.close()
  }
  return { runtime, url, ended: untilEnd(dir, runtime, stop, ending) }
}

interface Ending {
  readonly code: Promise<number>
  readonly end: (code: number) => void
}

function createEnding(): Ending {
  let end: (code: number) => void = () => undefined
  const code = new Promise<number>((resolve) => {
    end = resolve
  })
  return { code, end: (value) => end(value) }
}

function refuseSecond(dir: string) {
  const running = readServerFile(dir)
  if (running === undefined) return
  fail('AM5005', `This project is served already at ${running.url} by process ${running.pid}.`, {
    hint: `Stop it first: kill ${running.pid}`,
  })
}

export function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw wrongOption(`--port is a number up to 65535, not '${text}'.`)
}

async function ensurePages() {
  const builder: { ensurePages: () => void } = await import(pathToFileURL(packageFile('cli/build.js')).href)
  builder.ensurePages()
}

/** One sign-in link for each tenant, each good for one hour and one use; and one to make its first account. */
async function announce({ out }: Call, runtime: Runtime, url: string, beside: Beside | undefined) {
  const { manifest, warehouse, config } = runtime
  const tenants = config.tenancy === null ? [null] : (await tenantsOf(manifest(), warehouse)).slice(0, 5)
  const links = await Promise.all(tenants.map((org) => signInLink(runtime, org, url)))
  const setUps = (await Promise.all(tenants.map((org) => setUpLink(runtime, org, url)))).filter((link) => link !== null)
  // Before there is any data, whoever sets up says which tenant they are.
  if (tenants.length === 0 && !(await hasAccounts(runtime))) setUps.push(await newSetUpLink(runtime, null, url))
  if (out.json) return out.result({ url, pid: process.pid, sign_in: links, set_up: setUps, ...beside?.facts })
  const of = (org: string | null) => (org === null ? '' : ` of ${org}`)
  out.print(`${out.colors.green('●')} ${config.name} is served at ${out.colors.bold(url)}`)
  for (const link of links) {
    out.print(`  Sign in${link.org === null ? '' : ` as admin${of(link.org)}`}: ${out.colors.cyan(link.url)}`)
  }
  for (const link of setUps) out.print(`  Make the first account${of(link.org)}: ${out.colors.cyan(link.url)}`)
  for (const line of beside?.lines ?? []) out.print(line)
  if (links.length === 0) out.print('  There is no data yet. Fill the warehouse: metrics build, or metrics demo')
}

interface OrgLink {
  readonly org: string | null
  readonly url: string
}

async function signInLink({ identity }: Runtime, org: string | null, url: string): Promise<OrgLink> {
  const token = await identity.createSignInToken({ org, role: 'admin', user: null })
  return { org, url: `${url}/sign-in?token=${token}` }
}

/** Null where the tenant has accounts: its admins invite everybody else. */
async function setUpLink(runtime: Runtime, org: string | null, url: string): Promise<OrgLink | null> {
  return (await listAccounts(runtime.store, org)).length > 0 ? null : newSetUpLink(runtime, org, url)
}

async function newSetUpLink({ identity }: Runtime, org: string | null, url: string): Promise<OrgLink> {
  return { org, url: `${url}/set-up?token=${await identity.createSetUpToken(org)}` }
}

async function hasAccounts({ store }: Runtime): Promise<boolean> {
  return (await store.db.selectFrom('users').select('id').limit(1).execute()).length > 0
}

async function untilEnd(dir: string, runtime: Runtime, stop: () => Promise<void>, ending: Ending) {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.end(0))
  const code = await ending.code
  await stop()
  await runtime.close().catch((error: unknown) => {
    if (error instanceof UserError || code === 0) throw error
  })
  removeServerFile(dir)
  return code
}
