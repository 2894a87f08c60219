import type { CompiledDashboard, Manifest } from '../../../compiler/index.ts'
import { type Diagnostic, diagnostic, isError, UserError } from '../../../diagnostics/index.ts'
import { createEditedLoader } from '../../../project/index.ts'
import type { SecurityContext } from '../../../semantic/index.ts'
import { describeDashboard } from '../describe/describe-dashboard.ts'
import { viewOf } from '../describe/view.ts'
import { dashboardFile } from './dashboard-file.ts'

export interface Draft {
  readonly id: string
  readonly definition: object
}

export interface Compiled {
  readonly manifest: Manifest
  /** Null where nothing of it is sound. */
  readonly dashboard: CompiledDashboard | null
  readonly diagnostics: readonly Diagnostic[]
}

export type CompileDraft = (draft: Draft) => Promise<Compiled>

/** Checks personal dashboards as if they were files of the project: the same schema, compiler and diagnostics. */
export function createDraftCompiler(dir: string): CompileDraft {
  let edited: ReadonlyMap<string, string> = new Map()
  let turn: Promise<unknown> = Promise.resolve()
  const loader = createEditedLoader(dir, () => edited)
  const compileOne = async ({ id, definition }: Draft): Promise<Compiled> => {
    // No file of the project has such a name or path: a copy may bear the name of what it is a copy of.
    const name = `personal_${id.replaceAll('-', '_')}`
    const file = `dashboards/${name}.yml`
    edited = new Map([[file, dashboardFile({ ...definition, name, path: `/my/${id}` })]])
    const { manifest, diagnostics } = await loader.load()
    const dashboard = manifest.dashboards.find((item) => item.name === name) ?? null
    return { manifest, dashboard, diagnostics: diagnostics.filter(({ at }) => at?.file === file) }
  }
  return (draft) => {
    const compiled = turn.then(() => compileOne(draft))
    turn = compiled.catch(() => undefined)
    return compiled
  }
}

/** What the caller sees of a compiled dashboard, for pages to draw. */
export function describeDraft({ manifest, dashboard, diagnostics }: Compiled, context: SecurityContext) {
  const described = dashboard === null ? null : describeDashboard(dashboard, viewOf(manifest, context))
  return { dashboard: described, diagnostics }
}

/** Fails with what is wrong, and when something in it is hidden from the caller. */
export function needSound(compiled: Compiled, context: SecurityContext) {
  const errors = compiled.diagnostics.filter(isError)
  if (errors.length > 0) throw new UserError(errors)
  const view = viewOf(compiled.manifest, context)
  const shown = describeDraft(compiled, context).dashboard?.rows.flatMap(({ widgets }) => widgets) ?? []
  const hidden = (compiled.dashboard?.rows ?? [])
    .flatMap(({ widgets }) => widgets)
    .filter(({ id, definition }) => definition.roles === undefined && !shown.some((widget) => widget.id === id))
  if (hidden.length === 0) return
  throw new UserError(
    hidden.map(({ title, query }) => {
      const metric = query?.metrics?.find((name) => !view.showsMetric(name))
      const what = metric === undefined ? `A dimension of '${title}'` : `The metric \`${metric}\``
      return diagnostic('AM5050', `${what} is not shown to the role ${context.role}.`)
    }),
  )
}
