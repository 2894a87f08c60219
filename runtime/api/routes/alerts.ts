import { Type } from '@sinclair/typebox'
import { type Request, type Response, Router } from 'express'
import { fail } from '../../diagnostics/index.ts'
import { actorOf, tenantsOf } from '../../identity/index.ts'
import type { SecurityContext } from '../../semantic/index.ts'
import { callerOf, isLocal, needScope } from '../authenticate.ts'
import { createParser } from '../parse.ts'
import type { Services } from '../services.ts'
import { route } from './route.ts'

const strict = { additionalProperties: false }
const Text = Type.String({ maxLength: 1000 })
export const SilenceBody = Type.Object(
  {
    alert: Type.Optional(Type.String()),
    matchers: Type.Optional(Type.Record(Type.String(), Type.String())),
    until: Type.Optional(Type.String({ description: 'An instant, or a length of time such as `2h`.' })),
    reason: Text,
  },
  strict,
)
export const OverrideBody = Type.Object(
  { above: Type.Optional(Type.Number()), below: Type.Optional(Type.Number()), reason: Type.Optional(Text) },
  strict,
)
const parseSilence = createParser(SilenceBody, 'the silence')
const parseOverride = createParser(OverrideBody, 'the override')
const parseMute = createParser(Type.Object({ reason: Type.Optional(Text) }, strict), 'the mute')
const parseInstance = createParser(Type.Object({ instance: Type.Optional(Type.String()) }, strict), 'the body')

/** Alerts of the caller's tenant, what became of them, and what people do about them. */
export function alertRoutes(services: Services): Router {
  const router = Router()
  router.use(['/alerts', '/silences'], needScope('query'))
  readRoutes(router, services)
  silenceRoutes(router, services)
  actionRoutes(router, services)
  return router
}

function readRoutes(router: Router, services: Services) {
  const { alerts } = services
  router.get(
    '/alerts',
    route(async (request, response) => {
      const instances = request.query.instances === 'open' ? 'open' : 'all'
      response.json(await alerts.list(await contextOf(services, request, response), instances))
    }),
  )
  router.get(
    '/alerts/:name/history',
    route(async (request, response) => {
      const context = await contextOf(services, request, response)
      const before = /^\d+$/.test(String(request.query.before)) ? { before: String(request.query.before) } : {}
      const limit = Math.min(1000, Math.max(1, Math.trunc(Number(request.query.limit ?? 100)) || 100))
      response.json(await alerts.history(context, request.params.name ?? '', { limit, ...before }))
    }),
  )
  router.get(
    '/alerts/:name/patch',
    route(async (request, response) => {
      const context = await contextOf(services, request, response)
      const patch = await alerts.patch(context, request.params.name ?? '')
      response
        .type('text/x-diff')
        .setHeader('Content-Disposition', `attachment; filename="${request.params.name}.patch"`)
      response.send(patch)
    }),
  )
  router.get(
    '/alerts/:name/backtest',
    route(async (request, response) => {
      const context = await contextOf(services, request, response)
      const [from, to] = [dateOf(request, 'from'), dateOf(request, 'to')]
      if (from >= to) fail('AM5033', '`to` comes after `from`.')
      response.json(await alerts.backtest(context, request.params.name ?? '', from, to))
    }),
  )
  router.post(
    '/alerts/check',
    route(async (request, response) => {
      const caller = callerOf(response)
      needWriter(response)
      const asked = orgAsked(request)
      const tenants =
        isLocal(caller) && asked === undefined
          ? await allTenants(services)
          : [isLocal(caller) ? (asked ?? null) : caller.org]
      const name = typeof request.query.name === 'string' ? request.query.name : undefined
      response.json({ checks: await alerts.check(tenants, name) })
    }),
  )
}

function silenceRoutes(router: Router, services: Services) {
  const { alerts } = services
  router.get(
    '/silences',
    route(async (request, response) => {
      const { org } = await contextOf(services, request, response)
      response.json(await alerts.silences(org))
    }),
  )
  router.post(
    '/silences',
    route(async (request, response) => {
      const body = parseSilence(request.body)
      if (body.until === undefined)
        fail('AM8033', 'A silence has an end.', { hint: 'Add `until`: `2h` or an instant.' })
      response.status(201).json(await alerts.silence(await actorFor(services, request, response), body))
    }),
  )
  router.delete(
    '/silences/:id',
    route(async (request, response) => {
      await alerts.unsilence(await actorFor(services, request, response), request.params.id ?? '')
      response.status(204).end()
    }),
  )
  router.post(
    '/alerts/:name/silence',
    route(async (request, response) => {
      const body = parseSilence(request.body)
      if (body.until === undefined)
        fail('AM8033', 'A silence has an end.', { hint: 'Add `until`: `2h` or an instant.' })
      const actor = await actorFor(services, request, response)
      response.status(201).json(await alerts.silence(actor, { ...body, alert: request.params.name }))
    }),
  )
  router.post(
    '/alerts/:name/mute',
    route(async (request, response) => {
      const { reason = 'Muted.' } = parseMute(request.body ?? {})
      const actor = await actorFor(services, request, response)
      response.status(201).json(await alerts.silence(actor, { alert: request.params.name, reason }))
    }),
  )
  router.delete(
    '/alerts/:name/mute',
    route(async (request, response) => {
      const actor = await actorFor(services, request, response)
      const own = (await alerts.silences(actor.org)).filter(
        ({ alert, matchers }) => alert === request.params.name && Object.keys(matchers).length === 0,
      )
      if (own.length === 0) fail('AM8034', `\`${request.params.name}\` is not muted.`)
      for (const { id } of own) await alerts.unsilence(actor, id)
      response.status(204).end()
    }),
  )
}

function actionRoutes(router: Router, services: Services) {
  const { alerts } = services
  const act = (work: (context: SecurityContext, actor: Actor, name: string, body: unknown) => Promise<void>) =>
    route(async (request, response) => {
      const actor = await actorFor(services, request, response)
      const context = await contextOf(services, request, response)
      await work(context, actor, request.params.name ?? '', request.body)
      response.status(204).end()
    })
  router.post(
    '/alerts/:name/acknowledge',
    act((context, actor, name, body) => alerts.acknowledge(context, actor, name, parseInstance(body ?? {}).instance)),
  )
  router.delete(
    '/alerts/:name/acknowledge',
    act((context, actor, name, body) => alerts.release(context, actor, name, parseInstance(body ?? {}).instance)),
  )
  router.put(
    '/alerts/:name/override',
    act((context, actor, name, body) => alerts.override(context, actor, name, parseOverride(body))),
  )
  router.delete(
    '/alerts/:name/override',
    act((context, actor, name) => alerts.resetOverride(context, actor, name)),
  )
}

interface Actor {
  readonly org: string | null
  readonly name: string
}

/** Managers and administrators act; others look on. */
async function actorFor(services: Services, request: Request, response: Response): Promise<Actor> {
  needWriter(response)
  const { org } = await contextOf(services, request, response)
  return { org, name: actorOf(callerOf(response)) }
}

function needWriter(response: Response) {
  const { role } = callerOf(response)
  if (role === 'admin' || role === 'manager') return
  fail('AM5031', `The role ${role} may look at alerts, not act on them.`, {
    hint: 'Ask a manager or an administrator.',
  })
}

function dateOf({ query }: Request, key: 'from' | 'to'): Date {
  const text = String(query[key] ?? '')
  const date = new Date(key === 'to' && text.length === 10 ? `${text}T23:59:59.999Z` : text)
  if (Number.isNaN(date.getTime())) fail('AM5033', `\`${key}\` is a day or an instant, not \`${text}\`.`)
  return date
}

const orgAsked = ({ query }: Request) => (typeof query.org === 'string' && query.org !== '' ? query.org : undefined)

/** Commands of this machine name the tenant. */
async function contextOf(services: Services, request: Request, response: Response): Promise<SecurityContext> {
  const caller = callerOf(response)
  if (!isLocal(caller)) return services.contextOf(caller)
  return services.contextOf({ ...caller, org: orgAsked(request) ?? (await services.onlyTenant()) })
}

async function allTenants({ config, manifest, warehouse }: Services): Promise<readonly (string | null)[]> {
  return config.tenancy === null ? [null] : tenantsOf(manifest(), warehouse)
}
