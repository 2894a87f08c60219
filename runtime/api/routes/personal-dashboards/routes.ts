import { randomBytes } from 'node:crypto'
import { type Response, Router } from 'express'
import { fail } from '../../../diagnostics/index.ts'
import { actorOf, type Caller } from '../../../identity/index.ts'
import { openPullRequest } from '../../../pull-request/index.ts'
import {
  changeDashboard,
  createDashboard,
  deleteDashboard,
  findDashboard,
  listDashboards,
  type PersonalDashboardRow,
  writeAudit,
} from '../../../store/index.ts'
import { callerOf, needScope } from '../../authenticate.ts'
import type { Services } from '../../services.ts'
import { route } from '../route.ts'
import { parseChange, parseCreate, parsePullRequest } from './body.ts'
import { createDraftCompiler, describeDraft, needSound } from './compile-dashboard.ts'
import { copyOf } from './copy.ts'
import { exportDashboard } from './export-dashboard.ts'

const AT = '/personal-dashboards'

/** Dashboards that people make for themselves: kept in the store, checked as files are, ending in a change of them. */
export function personalDashboardRoutes(services: Services): Router {
  const { store, config, manifest } = services
  const compile = createDraftCompiler(config.dir)
  const router = Router()
  router.use(AT, needScope('query'))
  const contextOf = (caller: Caller) => ({ org: caller.org, role: caller.role, user: caller.user, attributes: {} })
  const seen = async (id: string | undefined, caller: Caller) => {
    const row = await findDashboard(store.db, caller.org, id ?? '')
    if (row !== undefined && (row.owner === caller.owner || row.shared)) return row
    return fail('AM5034', 'There is no such personal dashboard.')
  }
  const own = async (id: string | undefined, caller: Caller) => {
    const row = await seen(id, caller)
    if (row.owner === caller.owner) return row
    return fail('AM5031', `This dashboard belongs to ${row.owner_name}.`, { hint: 'Make a copy of your own.' })
  }
  const check = async (definition: object, caller: Caller, id = 'draft') => {
    const compiled = await compile({ id, definition })
    needSound(compiled, contextOf(caller))
  }
  const answer = async (row: PersonalDashboardRow, caller: Caller, response: Response, status = 200) => {
    const compiled = await compile({ id: row.id, definition: row.definition as object })
    const shown = describeDraft(compiled, contextOf(caller))
    // What the reader may not see is not told through the definition of somebody else.
    const definition = row.owner === caller.owner ? row.definition : copyOf(shown.dashboard)
    response.status(status).json({ ...summary(row, caller), definition, ...shown })
  }
  router.get(
    AT,
    route(async (_request, response) => {
      const caller = callerOf(response)
      const rows = await listDashboards(store.db, caller.org, caller.owner)
      response.json({
        dashboards: rows.map((row) => summary(row, caller)),
        pullRequests: mayPropose(caller) && config.pullRequests !== null,
      })
    }),
  )
  router.post(
    AT,
    route(async (request, response) => {
      const caller = callerOf(response)
      const { definition: given, from, shared = false } = parseCreate(request.body)
      needSharing(shared, caller)
      const origin = from === undefined ? null : original(from, caller)
      const definition = given ?? copyOf(origin) ?? fail('AM5033', 'Say a definition, or what to copy.')
      await check(definition, caller)
      const { org, owner } = caller
      const ownerName = caller.account?.name ?? actorOf(caller)
      const row = await createDashboard(store.db, {
        org,
        owner,
        ownerName,
        definition,
        origin: origin?.name ?? null,
        shared,
      })
      if (shared) await audit(caller, 'dashboard.shared', row)
      await answer(row, caller, response, 201)
    }),
  )
  router.post(
    `${AT}/preview`,
    route(async (request, response) => {
      const caller = callerOf(response)
      const { definition } = parseChange(request.body)
      response.json(describeDraft(await compile({ id: 'draft', definition }), contextOf(caller)))
    }),
  )
  router.get(
    `${AT}/:id`,
    route(async (request, response) => {
      const caller = callerOf(response)
      await answer(await seen(request.params.id, caller), caller, response)
    }),
  )
  router.put(
    `${AT}/:id`,
    route(async (request, response) => {
      const caller = callerOf(response)
      const row = await own(request.params.id, caller)
      const { definition, shared = row.shared } = parseChange(request.body)
      needSharing(shared, caller)
      await check(definition, caller, row.id)
      const changed = await changeDashboard(store.db, row.id, definition, shared)
      if (shared !== row.shared) await audit(caller, shared ? 'dashboard.shared' : 'dashboard.unshared', changed)
      await answer(changed, caller, response)
    }),
  )
  router.delete(
    `${AT}/:id`,
    route(async (request, response) => {
      const caller = callerOf(response)
      const row = await own(request.params.id, caller)
      await deleteDashboard(store.db, row.id)
      if (row.shared) await audit(caller, 'dashboard.deleted', row)
      response.json(summary(row, caller))
    }),
  )
  router.get(
    `${AT}/:id/export`,
    route(async (request, response) => {
      const caller = callerOf(response)
      response.json(exportDashboard(await own(request.params.id, caller), config.dir, manifest()))
    }),
  )
  router.post(
    `${AT}/:id/pull-request`,
    route(async (request, response) => {
      const caller = callerOf(response)
      if (!mayPropose(caller)) fail('AM5031', 'Pull requests are opened by admins and managers.')
      const row = await own(request.params.id, caller)
      const { title, body = '' } = parsePullRequest(request.body)
      const settings = config.pullRequests
      if (settings === null) {
        return fail('AM5051', 'No repository is configured for pull requests.', {
          hint: 'Set pull_requests: { provider, repository, token } in the configuration, or apply the patch yourself.',
        })
      }
      await check(row.definition as object, caller, row.id)
      const { file, content } = exportDashboard(row, config.dir, manifest())
      const branch = `dashboards/${titled(row).name.replaceAll('_', '-')}-${randomBytes(4).toString('hex')}`
      const opened = await openPullRequest(settings, { file, content, branch, title: title.trim(), body })
      await audit(caller, 'dashboard.proposed', row)
      response.status(201).json(opened)
    }),
  )
  const original = (name: string, caller: Caller) => {
    const found = manifest().dashboards.find((item) => item.name === name)
    const permitted = found !== undefined && (found.roles === null || found.roles.includes(caller.role))
    if (!permitted) return fail('AM5034', `There is no dashboard \`${name}\` that you may see.`)
    const { dashboard } = describeDraft({ manifest: manifest(), dashboard: found, diagnostics: [] }, contextOf(caller))
    return dashboard ?? fail('AM5034', `There is no dashboard \`${name}\` that you may see.`)
  }
  const audit = (caller: Caller, action: string, row: PersonalDashboardRow) =>
    writeAudit(store.db, { org: caller.org, actor: actorOf(caller), action, subject: row.id, detail: titled(row) })
  return router
}

const mayPropose = ({ role }: Caller) => role === 'admin' || role === 'manager'

function needSharing(shared: boolean, { role }: Caller) {
  if (shared && role === 'viewer') fail('AM5031', 'A viewer keeps dashboards of their own and shares none.')
}

function titled({ definition }: PersonalDashboardRow) {
  const { name, title } = definition as { readonly name: string; readonly title: string }
  return { name, title }
}

function summary(row: PersonalDashboardRow, caller: Caller) {
  const { id, owner, owner_name, shared, origin, changed_at } = row
  return { id, ...titled(row), shared, origin, mine: owner === caller.owner, owner: owner_name, changed_at }
}
