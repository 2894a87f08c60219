import { randomBytes } from 'node:crypto'
import { Router } from 'express'
import { fail } from '../../../diagnostics/index.ts'
import { openPullRequest } from '../../../pull-request/index.ts'
import { deleteDashboard, listDashboards } from '../../../store/index.ts'
import { callerOf, needScope } from '../../authenticate.ts'
import type { Services } from '../../services.ts'
import { route } from '../route.ts'
import { parseChange, parseCreate, parsePreview, parsePullRequest, parseWidget } from './body.ts'
import { createDashboardService, mayPropose, summaryOf } from './dashboard-service.ts'

const AT = '/personal-dashboards'

/** Dashboards that people make for themselves: kept in the store, checked as files are, ending in a change of them. */
export function personalDashboardRoutes(services: Services): Router {
  const { store, config } = services
  const dashboards = createDashboardService(services)
  const router = Router()
  router.use(AT, needScope('query'))
  router.get(
    AT,
    route(async (_request, response) => {
      const caller = callerOf(response)
      const rows = await listDashboards(store.db, caller.org, caller.owner)
      response.json({
        dashboards: rows.map((row) => summaryOf(row, caller)),
        pullRequests: mayPropose(caller) && config.pullRequests !== null,
      })
    }),
  )
  router.post(
    AT,
    route(async (request, response) => {
      const caller = callerOf(response)
      const row = await dashboards.create(parseCreate(request.body), caller)
      response.status(201).json(await dashboards.show(row, caller))
    }),
  )
  router.post(
    `${AT}/preview`,
    route(async (request, response) => {
      const { definition } = parsePreview(request.body)
      response.json(await dashboards.preview(definition, callerOf(response)))
    }),
  )
  router.get(
    `${AT}/:id`,
    route(async (request, response) => {
      const caller = callerOf(response)
      response.json(await dashboards.show(await dashboards.seen(request.params.id, caller), caller))
    }),
  )
  router.put(
    `${AT}/:id`,
    route(async (request, response) => {
      const caller = callerOf(response)
      const row = await dashboards.own(request.params.id, caller)
      response.json(await dashboards.show(await dashboards.change(row, parseChange(request.body), caller), caller))
    }),
  )
  router.post(
    `${AT}/:id/widgets`,
    route(async (request, response) => {
      const caller = callerOf(response)
      const row = await dashboards.own(request.params.id, caller)
      const { widget } = parseWidget(request.body)
      response.status(201).json(await dashboards.show(await dashboards.add(row, widget, caller), caller))
    }),
  )
  router.delete(
    `${AT}/:id`,
    route(async (request, response) => {
      const caller = callerOf(response)
      const row = await dashboards.removable(request.params.id, caller)
      await deleteDashboard(store.db, row.id)
      await dashboards.audit(caller, 'dashboard.deleted', row)
      response.json(summaryOf(row, caller))
    }),
  )
  router.get(
    `${AT}/:id/export`,
    route(async (request, response) => {
      const caller = callerOf(response)
      response.json(await dashboards.export(await dashboards.own(request.params.id, caller), caller))
    }),
  )
  router.post(
    `${AT}/:id/pull-request`,
    route(async (request, response) => {
      const caller = callerOf(response)
      if (!mayPropose(caller)) fail('AM5031', 'Pull requests are opened by admins and managers.')
      const row = await dashboards.own(request.params.id, caller)
      const { title, body = '' } = parsePullRequest(request.body)
      const settings = config.pullRequests
      if (settings === null) {
        return fail('AM5051', 'No repository is configured for pull requests.', {
          hint: 'Set pull_requests: { provider, repository, token } in the configuration, or apply the patch yourself.',
        })
      }
      const { kind: _kind, ...change } = await dashboards.propose(row, caller)
      if (change.patch === '') fail('AM5033', 'Nothing differs from the project, so there is nothing to propose.')
      const branch = `dashboards/${summaryOf(row, caller).name.replaceAll('_', '-')}-${randomBytes(4).toString('hex')}`
      const opened = await openPullRequest(settings, { ...change, branch, title: title.trim(), body })
      await dashboards.audit(caller, 'dashboard.proposed', row)
      response.status(201).json(opened)
    }),
  )
  return router
}
