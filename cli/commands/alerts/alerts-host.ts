import type { AlertView, Backtest, DryRun } from '../../../runtime/alerts/index.ts'
import { callServer, readServerFile, type ServerFile } from '../../../runtime/local-server/index.ts'
import type { Call } from '../../command.ts'
import { textOption } from '../../command.ts'

export interface Silenced {
  readonly id: string
  readonly alert: string | null
  readonly matchers: Readonly<Record<string, string>>
  readonly reason: string
  readonly createdBy: string
  readonly endsAt: string | Date | null
}

export interface SilenceInput {
  readonly alert?: string
  readonly matchers?: Readonly<Record<string, string>>
  readonly until: string
  readonly reason: string
}

/** The alerts of a project: in this process, or through the running server that holds the store. */
export interface AlertsHost {
  /** Tenants that are meant: the one that was named, or all. */
  readonly tenants: () => Promise<readonly (string | null)[]>
  list(org: string | null): Promise<readonly AlertView[]>
  check(name: string | undefined): Promise<readonly DryRun[]>
  backtest(org: string | null, name: string, from: Date, to: Date): Promise<Backtest>
  silences(org: string | null): Promise<readonly Silenced[]>
  silence(org: string | null, input: SilenceInput): Promise<Silenced>
  unsilence(org: string | null, id: string): Promise<void>
  close(): Promise<void>
}

export async function openAlerts(call: Call): Promise<AlertsHost> {
  const server = readServerFile(call.project)
  const org = textOption(call.options, 'org')
  return server === undefined ? localAlerts(call.project, org) : remoteAlerts(server, org)
}

async function localAlerts(dir: string, asked: string | undefined): Promise<AlertsHost> {
  const { createRuntime } = await import('../../../runtime/index.ts')
  const { tenantsOf } = await import('../../../runtime/identity/index.ts')
  const runtime = await createRuntime(dir)
  const { alerts, config, manifest, warehouse } = runtime
  const tenants = async () => {
    if (config.tenancy === null) return [null]
    return asked === undefined ? tenantsOf(manifest(), warehouse) : [asked]
  }
  const contextOf = (org: string | null) => ({ org, role: 'admin' as const, user: null, attributes: {} })
  const actorOf = (org: string | null) => ({ org, name: 'cli' })
  return {
    tenants,
    list: async (org) => alerts.list(contextOf(org)),
    check: async (name) => alerts.check(await tenants(), name),
    backtest: (org, name, from, to) => alerts.backtest(contextOf(org), name, from, to),
    silences: (org) => alerts.silences(org),
    silence: (org, input) => alerts.silence(actorOf(org), input),
    unsilence: (org, id) => alerts.unsilence(actorOf(org), id),
    close: () => runtime.close(),
  }
}

function remoteAlerts(server: ServerFile, asked: string | undefined): AlertsHost {
  const path = (
    rest: string,
    org: string | null | undefined,
    more: Readonly<Record<string, string | undefined>> = {},
  ) => {
    const query = Object.entries({ org: org ?? undefined, ...more }).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
    )
    return `/api/v1/${rest}${query.length > 0 ? `?${query.join('&')}` : ''}`
  }
  return {
    tenants: async () => {
      if (asked !== undefined) return [asked]
      const { checks } = (await callServer(server, path('alerts/check', undefined))) as { checks: readonly DryRun[] }
      return [...new Set(checks.map(({ org }) => org))]
    },
    list: (org) => callServer(server, path('alerts', org), { method: 'GET' }) as Promise<readonly AlertView[]>,
    check: async (name) => {
      const answer = await callServer(server, path('alerts/check', asked, { name }))
      return (answer as { checks: readonly DryRun[] }).checks
    },
    backtest: async (org, name, from, to) => {
      const range = { from: from.toISOString(), to: to.toISOString() }
      const found = (await callServer(server, path(`alerts/${encodeURIComponent(name)}/backtest`, org, range), {
        method: 'GET',
      })) as Backtest
      return {
        ...found,
        ...dates(found),
        episodes: found.episodes.map((episode) => ({ ...episode, ...dates(episode) })),
      }
    },
    silences: (org) => callServer(server, path('silences', org), { method: 'GET' }) as Promise<readonly Silenced[]>,
    silence: (org, input) => callServer(server, path('silences', org), { body: input }) as Promise<Silenced>,
    unsilence: async (org, id) =>
      void (await callServer(server, path(`silences/${encodeURIComponent(id)}`, org), { method: 'DELETE' })),
    close: async () => undefined,
  }
}

/** Dates come as text over the wire. */
const dates = <T extends { readonly from: Date; readonly to: Date | null }>({ from, to }: T) =>
  ({ from: new Date(from), to: to === null ? null : new Date(to) }) as Pick<T, 'from' | 'to'>
