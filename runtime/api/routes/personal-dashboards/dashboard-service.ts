import { fail, isError, UserError } from '../../../diagnostics/index.ts'
import { actorOf, type Caller } from '../../../identity/index.ts'
import {
  changeDashboard,
  createDashboard,
  findDashboard,
  type PersonalDashboardRow,
  writeAudit,
} from '../../../store/index.ts'
import type { Services } from '../../services.ts'
import { createDraftCompiler, describeDraft, needSound } from './compile-dashboard.ts'
import { type Copy, copyOf } from './copy.ts'
import { exportDashboard } from './export-dashboard.ts'

/** A definition whose name and title were checked. */
type Named = Readonly<Record<string, unknown>> & { readonly name: string; readonly title: string }

interface Creation {
  readonly definition?: Named
  readonly from?: string
  readonly shared?: boolean
}
interface Change {
  readonly definition: Named
  readonly shared?: boolean
  readonly changed_at?: string
}

/** What people do with their dashboards, each as far as they may. */
export function createDashboardService({ store, config, manifest }: Services) {
  const compiler = createDraftCompiler(config.dir, manifest)
  const contextOf = (caller: Caller) => ({ org: caller.org, role: caller.role, user: caller.user, attributes: {} })
  const compile = (id: string, definition: object, caller: Caller) =>
    compiler.compile({ id, definition, context: contextOf(caller) })
  const check = async (definition: object, caller: Caller, id = 'draft') =>
    needSound(await compile(id, definition, caller))

  const original = (name: string, caller: Caller): Copy => {
    const found = manifest().dashboards.find((item) => item.name === name)
    const permitted = found !== undefined && (found.roles === null || found.roles.includes(caller.role))
    const shown = permitted
      ? describeDraft({ manifest: manifest(), dashboard: found, diagnostics: [] }, contextOf(caller)).dashboard
      : null
    if (!permitted || shown === null) return fail('AM5034', `There is no dashboard \`${name}\` that you may see.`)
    return copyOf(shown, found)
  }
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
  const audit = (caller: Caller, action: string, row: PersonalDashboardRow) =>
    writeAudit(store.db, { org: caller.org, actor: actorOf(caller), action, subject: row.id, detail: titled(row) })

  const change = async (
    row: PersonalDashboardRow,
    { definition, shared = row.shared, changed_at }: Change,
    caller: Caller,
  ) => {
    needSharing(shared, caller)
    needSame(row, changed_at)
    await check(definition, caller, row.id)
    const changed = (await changeDashboard(store.db, row, definition, shared)) ?? changedElsewhere(new Date())
    await audit(caller, 'dashboard.changed', changed)
    if (shared !== row.shared) await audit(caller, shared ? 'dashboard.shared' : 'dashboard.unshared', changed)
    return changed
  }
  const exported = (row: PersonalDashboardRow, caller: Caller) => {
    const isThere = manifest().dashboards.some(({ name }) => name === row.origin)
    const origin = row.origin === null || !isThere ? null : { name: row.origin, seen: original(row.origin, caller) }
    return exportDashboard({ definition: titled(row).definition, origin }, config.dir, manifest())
  }
  return {
    audit,
    seen,
    own,
    change,
    /** Admins may take away what others shared. */
    removable: async (id: string | undefined, caller: Caller) => {
      const row = await seen(id, caller)
      return row.shared && caller.role === 'admin' ? row : own(id, caller)
    },
    create: async ({ definition: given, from, shared = false }: Creation, caller: Caller) => {
      needSharing(shared, caller)
      const origin = from === undefined ? null : original(from, caller)
      const definition = given ?? origin ?? fail('AM5033', 'Say a definition, or what to copy.')
      await check(definition, caller)
      const { org, owner } = caller
      const ownerName = caller.account?.name ?? actorOf(caller)
      const values = { org, owner, ownerName, definition, origin: origin?.name ?? null, shared }
      const row = await createDashboard(store.db, values)
      await audit(caller, 'dashboard.created', row)
      if (shared) await audit(caller, 'dashboard.shared', row)
      return row
    },
    /** One more widget, in a row of its own at the end. */
    add: (row: PersonalDashboardRow, widget: object, caller: Caller) => {
      const { definition } = titled(row)
      const rows = Array.isArray(definition.rows) ? definition.rows : []
      return change(row, { definition: { ...definition, rows: [...rows, { widgets: [widget] }] } }, caller)
    },
    preview: async (definition: object, caller: Caller) =>
      describeDraft(await compile('draft', definition, caller), contextOf(caller)),
    /** The dashboard as the caller sees it, with its definition. */
    show: async (row: PersonalDashboardRow, caller: Caller) => {
      const compiled = await compile(row.id, titled(row).definition, caller)
      const shown = describeDraft(compiled, contextOf(caller))
      const { name } = titled(row)
      // What the reader may not see is not told through the definition of somebody else.
      const copied =
        shown.dashboard === null || compiled.dashboard === null
          ? null
          : { ...copyOf(shown.dashboard, compiled.dashboard), name, path: undefined }
      const definition = row.owner === caller.owner ? row.definition : copied
      return { ...summaryOf(row, caller), definition, ...shown }
    },
    /** The change of the project, with what would be wrong with it. */
    export: async (row: PersonalDashboardRow, caller: Caller) => {
      const change = exported(row, caller)
      return { ...change, diagnostics: await compiler.checkFile(change.file, change.content) }
    },
    /** The change of the project; fails where the project would not be sound with it. */
    propose: async (row: PersonalDashboardRow, caller: Caller) => {
      await check(titled(row).definition, caller, row.id)
      const change = exported(row, caller)
      const errors = (await compiler.checkFile(change.file, change.content)).filter(isError)
      if (errors.length > 0) throw new UserError(errors)
      return change
    },
  }
}

export const mayPropose = ({ role }: Caller) => role === 'admin' || role === 'manager'

export function summaryOf(row: PersonalDashboardRow, caller: Caller) {
  const { id, owner, owner_name, shared, origin, changed_at } = row
  const { name, title } = titled(row)
  return { id, name, title, shared, origin, mine: owner === caller.owner, owner: owner_name, changed_at }
}

function needSharing(shared: boolean, { role }: Caller) {
  if (shared && role === 'viewer') fail('AM5031', 'A viewer keeps dashboards of their own and shares none.')
}

/** Nobody overwrites what was changed elsewhere since they began. */
function needSame({ changed_at }: PersonalDashboardRow, known: string | undefined) {
  if (known === undefined || new Date(known).getTime() === new Date(changed_at).getTime()) return
  changedElsewhere(new Date(changed_at))
}

const changedElsewhere = (at: Date): never =>
  fail('AM5053', `This dashboard was changed elsewhere at ${at.toISOString()}.`, {
    hint: 'Load it again, or save yours as a copy.',
  })

function titled(row: PersonalDashboardRow) {
  const definition = row.definition as Copy
  return { definition, name: definition.name, title: definition.title }
}
