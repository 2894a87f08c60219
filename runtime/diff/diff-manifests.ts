import { createMeaning, type LineageEdge, type Manifest } from '../compiler/index.ts'
import { type Change, compareEffects, type Detail, worstOf } from './change.ts'
import { differingPart } from './differing-part.ts'
import type { Fact } from './facts/index.ts'
import { findRenames } from './find-renames.ts'
import { type DiffNode, nodesOf } from './nodes.ts'
import { createReach } from './reach.ts'
import { NO_RENAMES, namesAfter, type Renames } from './renames.ts'

/** What is different between two compiled projects, the worst first; files, order and formatting mean nothing. */
export function diffManifests(before: Manifest, after: Manifest): readonly Change[] {
  const renames = findRenames(before, after)
  const old = nodesOf(before, namesAfter(renames, createMeaning(before)))
  const now = nodesOf(after, namesAfter(NO_RENAMES))
  const formerly = formerNames(renames, before)
  const reach = createReach([...after.lineage, ...before.lineage.map(renamed(formerly, renames))])
  const ids = [...new Set([...old.keys(), ...now.keys()])]
  return ids
    .flatMap((id): Omit<Change, 'reach'>[] => compare(old.get(id), now.get(id), formerly.get(id), isGone(old, now)))
    .map((change) => ({
      ...change,
      reach: change.effect === 'addition' || change.effect === 'cosmetic' ? [] : reach(change.node),
    }))
    .sort((a, b) => compareEffects(a.effect, b.effect) || a.node.localeCompare(b.node))
}

/** A metric that lost a dimension together with everybody else does not say so again. */
const isGone =
  (old: ReadonlyMap<string, DiffNode>, now: ReadonlyMap<string, DiffNode>) =>
  (dimension: string): boolean =>
    old.has(`dimension:${dimension}`) && !now.has(`dimension:${dimension}`)

function compare(
  old: DiffNode | undefined,
  now: DiffNode | undefined,
  former: string | undefined,
  isGone: (dimension: string) => boolean,
): Omit<Change, 'reach'>[] {
  if (old === undefined && now !== undefined) return [whole(now, 'added', [{ effect: 'addition', text: 'new' }])]
  if (now === undefined && old !== undefined) return [whole(old, 'removed', removal(old))]
  if (old === undefined || now === undefined) return []
  const details = compareFacts(old, now).filter(({ lost }) => lost === undefined || !isGone(lost))
  const all: Detail[] = details.map(({ effect, text }) => ({ effect, text }))
  if (former === undefined) return all.length === 0 ? [] : [whole(now, 'changed', all)]
  const rename: Detail = { effect: 'breaking', text: `renamed from \`${former}\`` }
  return [{ ...whole(now, 'renamed', [rename, ...all]), from: former }]
}

function whole(node: DiffNode, change: Change['change'], details: readonly Detail[]): Omit<Change, 'reach'> {
  const { id, kind, name, source } = node
  const sorted = [...details].sort((a, b) => compareEffects(a.effect, b.effect))
  return { node: id, kind, name, change, effect: worstOf(sorted), details: sorted, source }
}

/** Of what is named in questions and links, all that goes is missed; the rest is seen by who reads the dashboards. */
function removal({ kind }: DiffNode): readonly Detail[] {
  const effect = kind === 'channel' || kind === 'source' ? 'values' : 'breaking'
  return [{ effect, text: 'removed' }]
}

function compareFacts(old: DiffNode, now: DiffNode): readonly (Detail & { readonly lost?: string })[] {
  const keys = [...new Set([...old.facts.keys(), ...now.facts.keys()])]
  return keys.flatMap((key) => {
    const [was, is] = [old.facts.get(key), now.facts.get(key)]
    if (was !== undefined && is !== undefined) return was.value === is.value ? [] : [changed(was, is)]
    if (is !== undefined)
      return key.startsWith('by ') ? [] : [{ effect: is.effects.added, text: `${is.label} added: ${quote(is.value)}` }]
    if (was === undefined) return []
    return [
      {
        effect: was.effects.removed,
        text: removedText(now, key, was),
        ...(key.startsWith('by ') && { lost: was.value }),
      },
    ]
  })
}

function removedText({ kind, name }: DiffNode, key: string, { label, value }: Fact): string {
  if (kind !== 'access')
    return key.startsWith('by ') ? `can no longer be grouped by \`${value}\`` : `${label} removed: ${quote(value)}`
  if (key.startsWith('hide ')) return `${name} may now see \`${value}\``
  return `${name} may now see more rows: ${label} removed: ${quote(value)}`
}

function changed(was: Fact, is: Fact): Detail {
  const [before, after] = differingPart(was.value, is.value)
  return { effect: is.effects.changed, text: `${is.label} changed from ${quote(before)} to ${quote(after)}` }
}

const quote = (value: string) => `\`${value.replaceAll('`', "'")}\``

/** Ids of now to the names of before. */
function formerNames(renames: Renames, before: Manifest): ReadonlyMap<string, string> {
  const names = namesAfter(renames)
  const models = before.models.filter(({ name }) => renames.models.has(name))
  return new Map([
    ...[...renames.relations].map(([from, to]) => [`relation:${to}`, from] as const),
    ...[...renames.metrics].map(([from, to]) => [`metric:${to}`, from] as const),
    ...[...renames.dimensions.keys()].map((from) => {
      const [model = '', dimension = ''] = from.split('.')
      return [`dimension:${names.dimension({ model, dimension })}`, from] as const
    }),
    ...models.map(({ name }) => [`model:${names.model(name)}`, name] as const),
  ])
}

/** An edge of before in the names of now. */
const renamed = (formerly: ReadonlyMap<string, string>, { models }: Renames) => {
  const now = new Map([...formerly].map(([id, former]) => [`${id.slice(0, id.indexOf(':'))}:${former}`, id]))
  const nameNow = (node: string) => {
    const [, model = '', rest = ''] = /^dimension:([^.]+)(.*)$/.exec(node) ?? []
    return now.get(node) ?? (models.has(model) ? `dimension:${models.get(model)}${rest}` : node)
  }
  return ({ from, to }: LineageEdge): LineageEdge => ({ from: nameNow(from), to: nameNow(to) })
}
