import type { AccessRule, Role } from '../../definitions/index.ts'
import { suggest } from '../../diagnostics/index.ts'
import type { DimensionRef } from '../manifest.ts'
import { type DimensionSpace, resolveOrReport } from '../models/index.ts'
import { compareText, type Declared, items, type Project } from '../project/index.ts'
import { accessValue, type CompiledRow, checkOperator, type DeclaredRow } from './row-rule.ts'

/** What the rules come to before the consequences of hiding are drawn. */
export interface Restrictions {
  readonly rows: readonly { readonly model: string; readonly role: Role; readonly row: CompiledRow }[]
  readonly hidden: readonly { readonly role: Role; readonly ref: DimensionRef }[]
  /** A rule that could not be understood: nobody of that role (null: of any) sees a row of the model. */
  readonly denied: readonly { readonly model: string; readonly role: Role | null }[]
}

export function resolveRules(project: Project, space: DimensionSpace): Restrictions {
  const own = [...space.nodes.values()].flatMap(({ declared, name }) =>
    items(declared, 'access', declared.value.access).map((rule) => resolveRule(project, space, rule, name)),
  )
  const wide = project.declarations.access.map((rule) => resolveRule(project, space, rule, null))
  const lost = [...space.nodes.keys()].filter(
    (name) => project.broken.hasAccess(name) || project.broken.hasAccess(null),
  )
  const all = [...own, ...wide]
  return {
    rows: all.flatMap(({ rows }) => rows),
    hidden: all.flatMap(({ hidden }) => hidden),
    denied: [...all.flatMap(({ denied }) => denied), ...lost.map((model) => ({ model, role: null }))],
  }
}

/** A rule of one model, or with null of every model that has the dimension. */
function resolveRule(
  project: Project,
  space: DimensionSpace,
  rule: Declared<AccessRule>,
  model: string | null,
): Restrictions {
  const { hide, role, rows } = rule.value
  if ((rows ?? []).length === 0 && (hide ?? []).length === 0) {
    project.report('AM1506', 'The rule restricts nothing.', {
      at: rule.at(),
      hint: 'Add `rows:` or `hide:`, or remove it.',
    })
  }
  const compiled = items(rule, 'rows', rows).map((row) =>
    model === null ? wideRows(project, space, row) : ownRow(project, space, row, model),
  )
  const hidden = items(rule, 'hide', hide).map((reference) =>
    model === null ? wideHidden(project, space, reference) : ownHidden(project, space, reference, model),
  )
  const failed = compiled.includes(null) || hidden.includes(null)
  const everywhere = model === null ? [...space.nodes.keys()] : [model]
  return {
    rows: compiled.flatMap((found) => (found ?? []).map((entry) => ({ ...entry, role }))),
    hidden: hidden.flatMap((found) => (found ?? []).map((ref) => ({ role, ref }))),
    denied: failed ? everywhere.map((name) => ({ model: name, role })) : [],
  }
}

type ModelRow = { readonly model: string; readonly row: CompiledRow }

function ownRow(project: Project, space: DimensionSpace, row: DeclaredRow, model: string): readonly ModelRow[] | null {
  const asked = { homes: [model], subject: `\`${model}\`` }
  const ref = resolveOrReport(project, space, asked, row.value.dimension, () => row.at(['dimension']))
  if (ref === undefined) return null
  const compiled = rowOf(project, space, row, ref)
  return compiled && [{ model, row: compiled }]
}

function rowOf(project: Project, space: DimensionSpace, row: DeclaredRow, ref: DimensionRef): CompiledRow | null {
  const dimension = space.get(ref)
  if (dimension === undefined) throw new Error(`no dimension ${ref.model}.${ref.dimension}`)
  const value = accessValue(project, row, dimension)
  if (value === null || !checkOperator(project, row, dimension)) return null
  return { dimension: ref, operator: row.value.operator, value }
}

function wideRows(project: Project, space: DimensionSpace, row: DeclaredRow): readonly ModelRow[] | null {
  const reference = row.value.dimension
  const found: ModelRow[] = []
  for (const model of space.nodes.keys()) {
    const resolution = space.resolve([model], reference)
    if (resolution.kind === 'missing') continue
    if (resolution.kind === 'ambiguous') {
      const asked = { homes: [model], subject: `\`${model}\`` }
      resolveOrReport(project, space, asked, reference, () => row.at(['dimension']))
      return null
    }
    const compiled = rowOf(project, space, row, resolution.ref)
    if (compiled === null) return null
    found.push({ model, row: compiled })
  }
  return found.length > 0 ? found : reportNowhere(project, space, reference, row.at(['dimension']))
}

function ownHidden(project: Project, space: DimensionSpace, reference: Declared<string>, model: string) {
  const asked = { homes: [model], subject: `\`${model}\`` }
  const ref = resolveOrReport(project, space, asked, reference.value, () => reference.at())
  return ref === undefined ? null : [ref]
}

function wideHidden(
  project: Project,
  space: DimensionSpace,
  reference: Declared<string>,
): readonly DimensionRef[] | null {
  const [first = '', second] = reference.value.split('.')
  const refs = [...space.nodes.values()].flatMap((node) => {
    if (second !== undefined && node.name !== first) return []
    return node.dimensions.has(second ?? first) ? [{ model: node.name, dimension: second ?? first }] : []
  })
  return refs.length > 0 ? refs : reportNowhere(project, space, reference.value, reference.at())
}

function reportNowhere(
  { broken, report }: Project,
  space: DimensionSpace,
  reference: string,
  at: ReturnType<DeclaredRow['at']>,
): null {
  const all = [...space.nodes.values()].flatMap((node) =>
    [...node.dimensions.keys()].map((name) => (reference.includes('.') ? `${node.name}.${name}` : name)),
  )
  if (broken.has('dimensions', reference.split('.').at(-1) ?? '')) return null
  report('AM1501', `No semantic model has a dimension \`${reference}\`, so this rule would protect nothing.`, {
    at,
    hint: suggest(reference, all.sort(compareText)),
  })
  return null
}
