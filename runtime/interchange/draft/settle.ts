import { isMap, isNode, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { type Diagnostic, isError } from '../../diagnostics/index.ts'
import { checkEdited, checkProject } from '../../project/index.ts'
import type { Draft } from './draft.ts'
import { filesOf, metricsIn } from './files.ts'
import { createLosses, type Lose } from './loss.ts'

/** A draft that validates within the project, and its files. */
export interface Settled {
  readonly draft: Draft
  readonly files: ReadonlyMap<string, string>
}

const ROUNDS = 50

/** Leaves out what breaks a rule of the project, and what is made of that, until the rest validates; each as a loss. */
export async function settle(dir: string, draft: Draft, out: string, heading: string): Promise<Settled> {
  const losses = createLosses()
  const known = (loss: Draft['losses'][number]) => losses.lose(loss.code, loss.object, loss.message, loss.hint)
  for (const loss of draft.losses) known(loss)
  let current = await withoutTaken(dir, draft, out, heading, losses.lose)
  for (let round = 0; round < ROUNDS; round += 1) {
    current = withoutOrphans(current, losses.lose)
    const files = filesOf(current, out, heading)
    const { diagnostics } = await checkEdited(dir, files)
    const errors = diagnostics.filter((item) => isError(item) && item.at !== undefined && files.has(item.at.file))
    if (errors.length === 0) return { draft: { ...current, losses: losses.list() }, files }
    current = errors.reduce((rest, error) => without(rest, placeOf(error, files), error, losses.lose), current)
  }
  throw new Error('An import does not come to rest: every round leaves out something and finds further errors.')
}

/** Names that the project has outside of the files that are written. */
async function withoutTaken(dir: string, draft: Draft, out: string, heading: string, lose: Lose): Promise<Draft> {
  const { manifest } = await checkProject(dir)
  const files = filesOf(draft, out, heading)
  const elsewhere = ({ source }: { readonly source: { readonly file: string } }) => !files.has(source.file)
  const metrics = new Set(manifest.metrics.filter(elsewhere).map(({ name }) => name))
  const models = new Set(manifest.models.filter(elsewhere).map(({ name }) => name))
  const taken = (kind: string, names: ReadonlySet<string>) => (item: { readonly name: string }) => {
    if (!names.has(item.name)) return true
    lose('AM6239', `${kind}:${item.name}`, `The project has a ${kind} of this name already.`, 'Rename one of them.')
    return false
  }
  return {
    ...draft,
    models: draft.models.filter(taken('model', models)).map((model) => ({
      ...model,
      ...(model.metrics && { metrics: model.metrics.filter(taken('metric', metrics)) }),
    })),
    metrics: draft.metrics.filter(taken('metric', metrics)),
  }
}

/** Without metrics that are made of metrics that are not there. */
function withoutOrphans(draft: Draft, lose: Lose): Draft {
  const names = new Set([
    ...draft.models.flatMap((model) => (model.metrics ?? []).map(({ name }) => name)),
    ...draft.metrics.map(({ name }) => name),
  ])
  const metrics = draft.metrics.filter((metric) => {
    const missing = metricsIn(metric).find((name) => !names.has(name))
    if (missing === undefined) return true
    lose('AM6228', `metric:${metric.name}`, `It is made of \`${missing}\`, which was not carried over.`, MENDED)
    return false
  })
  return metrics.length === draft.metrics.length ? draft : withoutOrphans({ ...draft, metrics }, lose)
}

const MENDED = 'Declare what is missing by hand, then this one over it.'

type Path = readonly (string | number)[]

interface Place {
  readonly file: string
  readonly path: Path
  /** The document as it was checked. */
  readonly content: Record<string, { readonly name: string; readonly [key: string]: unknown }[]>
}

function placeOf({ at }: Diagnostic, files: ReadonlyMap<string, string>): Place {
  const file = at?.file ?? ''
  const lines = new LineCounter()
  const document = parseDocument(files.get(file) ?? '', { lineCounter: lines })
  const offset = (lines.lineStarts[(at?.line ?? 1) - 1] ?? 0) + (at?.column ?? 1) - 1
  return { file, path: pathAt(document.contents, offset), content: document.toJS() }
}

function pathAt(node: Node | null, offset: number): Path {
  if (isSeq(node)) {
    const index = node.items.findIndex((item) => isNode(item) && within(item, offset))
    return index < 0 ? [] : [index, ...pathAt(node.items[index] as Node, offset)]
  }
  if (!isMap(node)) return []
  for (const { key, value } of node.items) {
    const found = [key, value].some((part) => isNode(part) && within(part, offset))
    if (found) return [String(key), ...(isNode(value) && within(value, offset) ? pathAt(value, offset) : [])]
  }
  return []
}

const within = ({ range }: Node, offset: number) => range != null && offset >= range[0] && offset <= range[2]

/** Keys without which a model is none. */
const ESSENTIAL = new Set(['name', 'relation'])

/** The draft without the smallest part that is wrong. */
function without(draft: Draft, { file, path, content }: Place, { message, hint = '' }: Diagnostic, lose: Lose): Draft {
  const [section, index = -1, key, item = -1] = path
  const lost = (object: string) => lose('AM6239', object, message, hint === '' ? 'Declare it by hand.' : hint)
  if (file.endsWith('.sql')) {
    const name = file.slice(file.lastIndexOf('/') + 1, -'.sql'.length)
    lost(`model:${name}`)
    return { ...draft, sqlModels: draft.sqlModels.filter((model) => model.name !== name) }
  }
  const named = content[String(section)]?.[Number(index)]
  if (section === 'metrics' && named !== undefined) {
    lost(`metric:${named.name}`)
    return { ...draft, metrics: draft.metrics.filter(({ name }) => name !== named.name) }
  }
  if (named === undefined) throw new Error(`${file}: ${message}`)
  const list = named[String(key)]
  if (key === undefined || ESSENTIAL.has(String(key))) {
    lost(`model:${named.name}`)
    return { ...draft, models: draft.models.filter(({ name }) => name !== named.name) }
  }
  if (!Array.isArray(list) || item === -1) {
    lost(`model:${named.name}.${key}`)
    return onModel(draft, named.name, (model) => ({ ...model, [key]: undefined }))
  }
  const part: unknown = list[Number(item)]
  lost(`${singular(String(key))}:${named.name}.${partName(part)}`)
  const same = JSON.stringify(part)
  return onModel(draft, named.name, (model) => ({
    ...model,
    [key]: (model[key as 'metrics'] ?? []).filter((other) => JSON.stringify(other) !== same),
  }))
}

function onModel(draft: Draft, name: string, change: (model: Draft['models'][number]) => object): Draft {
  const models = draft.models.map((model) => {
    if (model.name !== name) return model
    const entries = Object.entries(change(model)).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    )
    return Object.fromEntries(entries) as typeof model
  })
  return { ...draft, models }
}

const singular = (key: string) =>
  key
    .replace(/ies$/, 'y')
    .replace(/s$/, '')
    .replace(/^acces$/, 'access')

function partName(part: unknown): string {
  const { name, to, role } = part as { name?: string; to?: string; role?: string }
  return name ?? to ?? role ?? ''
}
