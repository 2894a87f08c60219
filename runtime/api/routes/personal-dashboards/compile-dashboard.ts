import type { CompiledDashboard, Manifest } from '../../../compiler/index.ts'
import { type Diagnostic, isError, UserError } from '../../../diagnostics/index.ts'
import { createEditedLoader } from '../../../project/index.ts'
import type { SecurityContext } from '../../../semantic/index.ts'
import { describeDashboard } from '../describe/describe-dashboard.ts'
import { viewOf } from '../describe/view.ts'
import { dashboardFile } from './dashboard-file.ts'
import { widgetsByLine } from './place-in-file.ts'
import { createVeil } from './veil.ts'

export interface Draft {
  readonly id: string
  readonly definition: object
  readonly context: SecurityContext
}

export interface Placed extends Diagnostic {
  /** The widget that it is about, as `<row>_<widget>` from 1; null where it is about the whole. */
  readonly widget: string | null
}

export interface Compiled {
  readonly manifest: Manifest
  /** Null where nothing of it is sound. */
  readonly dashboard: CompiledDashboard | null
  readonly diagnostics: readonly Placed[]
}

export interface DraftCompiler {
  /** A dashboard as if it stood in a file of its own, made by somebody who sees no more than the caller does. */
  compile(draft: Draft): Promise<Compiled>
  /** What is wrong with a file of the project, if it had this content. */
  checkFile(file: string, content: string): Promise<readonly Diagnostic[]>
}

/** Checks personal dashboards as files of the project are: the same schema, compiler and diagnostics. */
export function createDraftCompiler(dir: string, current: () => Manifest): DraftCompiler {
  let edited: ReadonlyMap<string, string> = new Map()
  let turn: Promise<unknown> = Promise.resolve()
  const loader = createEditedLoader(dir, () => edited)
  const load = (files: ReadonlyMap<string, string>) => {
    const loaded = turn.then(() => {
      edited = files
      return loader.load()
    })
    turn = loaded.catch(() => undefined)
    return loaded
  }
  return {
    checkFile: async (file, content) => {
      // A second dashboard of one name is told at whichever file comes last.
      const before = new Set((await load(new Map())).diagnostics.map((known) => JSON.stringify(known)))
      const { diagnostics } = await load(new Map([[file, content]]))
      return diagnostics.filter((one) => one.at?.file === file || !before.has(JSON.stringify(one)))
    },
    compile: async ({ id, definition, context }) => {
      // No file of the project has such a name or path: a copy may bear the name of what it is a copy of.
      const name = `personal_${id.replaceAll('-', '_')}`
      const veil = createVeil(viewOf(current(), context))
      const file = `dashboards/${name}.yml`
      const content = dashboardFile({ ...veil.cover(definition), name, path: `/my/${id}` })
      const { manifest, diagnostics } = await load(new Map([[file, content]]))
      const dashboard = manifest.dashboards.find((item) => item.name === name) ?? null
      const widgetAt = widgetsByLine(content)
      const own = diagnostics.flatMap((one) =>
        one.at?.file === file ? [{ ...veil.uncover(one), widget: widgetAt(one.at.line) }] : [],
      )
      return { manifest, dashboard, diagnostics: own }
    },
  }
}

/** What the caller sees of a compiled dashboard, for pages to draw. */
export function describeDraft({ manifest, dashboard, diagnostics }: Compiled, context: SecurityContext) {
  const described = dashboard === null ? null : describeDashboard(dashboard, viewOf(manifest, context))
  return { dashboard: described, diagnostics }
}

/** Fails with all that is wrong. */
export function needSound({ diagnostics }: Compiled) {
  const errors = diagnostics.filter(isError)
  if (errors.length > 0) throw new UserError(errors)
}
