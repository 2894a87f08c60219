import { Type } from '@sinclair/typebox'
import { type Request, type Response, Router } from 'express'
import { ROLES } from '../../definitions/index.ts'
import { fail } from '../../diagnostics/index.ts'
import { actorOf } from '../../identity/index.ts'
import { parsePageOfRuns, type RenderedFile, type ReportFormat, reportFormat } from '../../reports/index.ts'
import type { SecurityContext } from '../../semantic/index.ts'
import { writeAudit } from '../../store/index.ts'
import { callerOf, isLocal, needScope } from '../authenticate.ts'
import { createParser } from '../parse.ts'
import type { Services } from '../services.ts'
import { readDashboardRequest } from './dashboard-request.ts'
import { route } from './route.ts'

const address = Type.String({ pattern: '^[^\\s@<>,;]+@[^\\s@<>,;]+$', maxLength: 320 })
const Addresses = Type.Array(address, { maxItems: 200 })

export const ReportBody = Type.Object(
  {
    enabled: Type.Optional(Type.Union([Type.Boolean(), Type.Null()], { description: 'null is as the project says.' })),
    recipients: Type.Optional(
      Type.Union([Addresses, Type.Null()], { description: 'null is the addresses of the channels.' }),
    ),
  },
  { additionalProperties: false },
)
const parseChange = createParser(ReportBody, 'the body')
export const ResendBody = Type.Object(
  { recipients: Type.Optional(Addresses) },
  { additionalProperties: false, description: 'Without `recipients` to whom it went before.' },
)
const parseResend = createParser(ResendBody, 'the body')

/** Reports: what there is, their files, sending, and settings of the tenant. */
export function reportRoutes(services: Services): Router {
  const router = Router()
  const { reports } = services
  const [query, admin] = [needScope('query'), needScope('admin')]
  router.get(
    '/reports',
    query,
    route(async (request, response) => {
      response.json({ reports: await reports.list(await tenantOf(services, request, response)) })
    }),
  )
  router.get(
    '/reports/:name/render',
    query,
    route(async (request, response) => {
      const { name = '' } = request.params
      const context = await contextOf(services, request, response, name)
      const { at, each, format } = request.query
      sendFile(
        response,
        await reports.render(name, { context, format: formatOf(format), at: readInstant(at), each: textOf(each) }),
      )
    }),
  )
  router.get(
    '/reports/:name/runs',
    query,
    route(async (request, response) => {
      const org = await tenantOf(services, request, response)
      response.json(await reports.runs(request.params.name ?? '', org, pageOf(request)))
    }),
  )
  router.get(
    '/report-runs',
    query,
    route(async (request, response) => {
      const org = await tenantOf(services, request, response)
      response.json(await reports.runs(textOf(request.query.report), org, pageOf(request)))
    }),
  )
  router.post(
    '/report-runs/:id/resend',
    admin,
    route(async (request, response) => {
      const actor = actorOf(callerOf(response))
      const { recipients } = parseResend(request.body ?? {})
      const org = await tenantOf(services, request, response)
      response.json(await reports.resend(request.params.id ?? '', org, actor, recipients))
    }),
  )
  router.post(
    '/reports/:name/send',
    admin,
    route(async (request, response) => {
      const actor = actorOf(callerOf(response))
      const org = await tenantOf(services, request, response)
      const run = await reports.send(request.params.name ?? '', org, actor, readInstant(request.query.at))
      await writeAudit(services.store.db, { org, actor, action: 'report.sent', subject: run.report })
      response.json(run)
    }),
  )
  router.put(
    '/reports/:name',
    admin,
    route(async (request, response) => {
      const actor = actorOf(callerOf(response))
      const { enabled, recipients } = parseChange(request.body)
      const change = { ...(enabled !== undefined && { enabled }), ...(recipients !== undefined && { recipients }) }
      const org = await tenantOf(services, request, response)
      response.json(await reports.configure(request.params.name ?? '', org, change, actor))
    }),
  )
  router.get(
    '/dashboards/:name/pdf',
    query,
    route(async (request, response) => {
      const context = await contextOf(services, request, response)
      const asked = readDashboardRequest(services.manifest(), request.query)
      sendFile(response, await reports.renderDashboard(request.params.name ?? '', { context, ...asked }))
    }),
  )
  return router
}

const pageOf = ({ query }: Request) => parsePageOfRuns({ before: textOf(query.before), limit: textOf(query.limit) })

/** Commands of this machine name the tenant, where there are several. */
async function tenantOf(services: Services, request: Request, response: Response): Promise<string | null> {
  const caller = callerOf(response)
  if (!isLocal(caller)) return caller.org
  return textOf(request.query.org) ?? services.onlyTenant()
}

/** People see their own figures; commands of this machine those of the role that the report is made for. */
async function contextOf(
  services: Services,
  request: Request,
  response: Response,
  report?: string,
): Promise<SecurityContext> {
  const caller = callerOf(response)
  if (!isLocal(caller)) return services.contextOf(caller)
  const asked = ROLES.find((role) => role === request.query.role)
  const role = asked ?? (report === undefined ? 'admin' : services.reports.roleOf(report))
  return services.contextOf({ org: await tenantOf(services, request, response), role, user: null })
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

function formatOf(value: unknown): ReportFormat {
  if (value === undefined) return 'pdf'
  return reportFormat(String(value))
}

function readInstant(value: unknown): Date | undefined {
  if (value === undefined) return undefined
  const date = new Date(String(value))
  if (!Number.isNaN(date.getTime())) return date
  return fail('AM5033', `at is a day or an instant, such as 2030-01-31, not '${String(value)}'.`)
}

function sendFile(response: Response, { content, name, type }: RenderedFile) {
  const safe = name.replace(/[^\w.-]+/g, '_')
  response.setHeader(
    'Content-Disposition',
    `attachment; filename="${safe}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  )
  response.setHeader('Cache-Control', 'no-store')
  response.type(type).send(Buffer.from(content))
}
