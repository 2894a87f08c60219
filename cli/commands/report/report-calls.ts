import { callServer, downloadFrom, readServerFile, type ServerFile } from '../../../runtime/local-server/index.ts'
import {
  type PageOfRuns,
  type ReportEntry,
  type RunEntry,
  type RunPage,
  reportFormat,
} from '../../../runtime/reports/index.ts'
import type { Call } from '../../command.ts'

export interface Asked {
  readonly org: string | undefined
  readonly at: Date | undefined
  readonly each: string | undefined
}

/** Reports in this process, or through the running server that holds the warehouse. */
export interface ReportCalls {
  list(org: string | undefined): Promise<readonly ReportEntry[]>
  render(name: string, format: string, asked: Asked): Promise<Uint8Array>
  send(name: string, asked: Asked): Promise<RunEntry>
  /** The newest first. */
  history(name: string | undefined, org: string | undefined, page: PageOfRuns): Promise<RunPage>
  resend(id: string, org: string | undefined, recipients: readonly string[]): Promise<RunEntry>
  close(): Promise<void>
}

export async function openReports({ out, project }: Call): Promise<ReportCalls> {
  const server = readServerFile(project)
  if (server !== undefined) return remoteReports(server)
  const { createRuntime } = await import('../../../runtime/index.ts')
  const runtime = await createRuntime(project, { onTrouble: out.note })
  const orgOf = async (org: string | undefined) => org ?? (await runtime.onlyTenant())
  return {
    list: async (org) => runtime.reports.list(org ?? (await runtime.onlyTenant().catch(() => null))),
    render: async (name, format, { at, each, org }) => {
      const role = runtime.reports.roleOf(name)
      const context = await runtime.contextOf({ org: await orgOf(org), role, user: null })
      return (await runtime.reports.render(name, { context, format: reportFormat(format), at, each })).content
    },
    send: async (name, { at, org }) => {
      const run = await runtime.reports.send(name, await orgOf(org), 'cli', at)
      await runtime.delivery.drain()
      return run
    },
    history: async (name, org, page) => runtime.reports.runs(name, await orgOf(org), page),
    resend: async (id, org, recipients) => {
      const run = await runtime.reports.resend(
        id,
        await orgOf(org),
        'cli',
        recipients.length === 0 ? undefined : recipients,
      )
      await runtime.delivery.drain()
      return run
    },
    close: () => runtime.close(),
  }
}

function remoteReports(server: ServerFile): ReportCalls {
  const search = ({ at, each, org }: Asked, more: Readonly<Record<string, string>> = {}) =>
    new URLSearchParams({ ...more, ...(org && { org }), ...(each && { each }), ...(at && { at: at.toISOString() }) })
  const path = (name: string) => `/api/v1/reports/${encodeURIComponent(name)}`
  return {
    list: async (org) => {
      const query = org === undefined ? '' : `?${new URLSearchParams({ org })}`
      const answer = await callServer(server, `/api/v1/reports${query}`, { method: 'GET' })
      return (answer as { reports: ReportEntry[] }).reports
    },
    render: (name, format, asked) => downloadFrom(server, `${path(name)}/render?${search(asked, { format })}`),
    send: async (name, asked) => {
      const answer = await callServer(server, `${path(name)}/send?${search(asked)}`)
      return answer as RunEntry
    },
    history: async (name, org, { before, limit }) => {
      const query = new URLSearchParams({
        ...(name && { report: name }),
        ...(org && { org }),
        ...(before && { before }),
        ...(limit && { limit: String(limit) }),
      })
      return (await callServer(server, `/api/v1/report-runs?${query}`, { method: 'GET' })) as RunPage
    },
    resend: async (id, org, recipients) => {
      const query = org === undefined ? '' : `?${new URLSearchParams({ org })}`
      const body = recipients.length === 0 ? {} : { recipients }
      return (await callServer(server, `/api/v1/report-runs/${encodeURIComponent(id)}/resend${query}`, {
        body,
      })) as RunEntry
    },
    close: async () => undefined,
  }
}
