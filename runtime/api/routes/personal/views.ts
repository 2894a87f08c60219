import { Type } from '@sinclair/typebox'
import { Router } from 'express'
import { fail } from '../../../diagnostics/index.ts'
import { actorOf, type Caller } from '../../../identity/index.ts'
import { deleteView, findView, listViews, saveView, type ViewRow, writeAudit } from '../../../store/index.ts'
import { callerOf, needScope } from '../../authenticate.ts'
import { createParser } from '../../parse.ts'
import type { Services } from '../../services.ts'
import { route } from '../route.ts'
import { Path, Search } from './place.ts'

export const ViewBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
    path: Path,
    search: Type.Optional(Search),
    shared: Type.Optional(Type.Boolean({ description: 'Shown to everybody of the organisation.' })),
  },
  { additionalProperties: false },
)
const parseView = createParser(ViewBody, 'the view')

/** Pages with their filters under a name: one's own and those that others share. */
export function viewRoutes({ store }: Pick<Services, 'store'>): Router {
  const router = Router()
  router.use('/views', needScope('query'))
  router.get(
    '/views',
    route(async (_request, response) => {
      const caller = callerOf(response)
      const views = await listViews(store.db, caller.org, caller.owner)
      response.json({ views: views.map((view) => describe(view, caller)) })
    }),
  )
  router.post(
    '/views',
    route(async (request, response) => {
      const caller = callerOf(response)
      const { name, path, search = '', shared = false } = parseView(request.body)
      const { org, owner } = caller
      if (shared && caller.role === 'viewer') fail('AM5031', 'A viewer keeps views of their own and shares none.')
      const ownerName = caller.account?.name ?? actorOf(caller)
      const view = await saveView(store.db, { org, owner, ownerName, name: name.trim(), path, search, shared })
      if (shared) await audit(caller, 'view.shared', view)
      response.status(201).json(describe(view, caller))
    }),
  )
  router.delete(
    '/views/:id',
    route(async (request, response) => {
      const caller = callerOf(response)
      const view = await findView(store.db, caller.org, request.params.id ?? '')
      if (view === undefined || !(view.owner === caller.owner || view.shared)) {
        return fail('AM5034', 'There is no such view.')
      }
      if (!mayDelete(view, caller))
        fail('AM5031', `This view belongs to ${view.owner_name}; admins may delete it, too.`)
      await deleteView(store.db, view.id)
      if (view.shared) await audit(caller, 'view.deleted', view)
      response.json(describe(view, caller))
    }),
  )
  const audit = (caller: Caller, action: string, { id, name, path }: ViewRow) =>
    writeAudit(store.db, { org: caller.org, actor: actorOf(caller), action, subject: id, detail: { name, path } })
  return router
}

function describe(view: ViewRow, caller: Caller) {
  const { id, name, path, search, shared, owner, owner_name, changed_at } = view
  const mine = owner === caller.owner
  return { id, name, path, search, shared, mine, owner: owner_name, changed_at, deletable: mayDelete(view, caller) }
}

function mayDelete({ owner, shared }: ViewRow, caller: Caller): boolean {
  return owner === caller.owner || (shared && caller.role === 'admin')
}
