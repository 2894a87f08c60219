import { parse } from 'lookml-parser'
import { fail } from '../../diagnostics/index.ts'
import type { SourceFile } from '../cube/index.ts'

/** A block of LookML: its keys, blocks of one kind by their name. */
export interface Block {
  readonly $name?: string
  readonly [key: string]: unknown
}

export interface Lookml {
  /** With their refinements and what they extend. */
  readonly views: ReadonlyMap<string, Block>
  readonly explores: ReadonlyMap<string, Block>
  /** Other blocks of models, such as access grants, by kind. */
  readonly others: readonly { readonly kind: string; readonly name: string; readonly block: Block }[]
}

/** Reads LookML files as one project. */
export function readLookml(files: readonly SourceFile[]): Lookml {
  const parsed = files.map(parseFile)
  const all = (kind: string) => parsed.flatMap((file) => Object.values(blocksOf(file, kind)))
  const views = new Map<string, Block>()
  const named = all('view')
  for (const view of named.filter(({ $name = '' }) => !$name.startsWith('+'))) views.set(view.$name ?? '', view)
  for (const refinement of named.filter(({ $name = '' }) => $name.startsWith('+'))) {
    const name = refinement.$name?.slice(1) ?? ''
    const base = views.get(name)
    if (base !== undefined) views.set(name, { ...merge(base, refinement), $name: name })
  }
  const explores = new Map(all('explore').map((explore) => [explore.$name ?? '', explore]))
  const others = ['access_grant', 'datagroup', 'test', 'map_layer', 'named_value_format'].flatMap((kind) =>
    all(kind).map((block) => ({ kind, name: block.$name ?? '', block })),
  )
  return { views: new Map([...views].map(([name, view]) => [name, extended(view, views)])), explores, others }
}

function parseFile({ path, text }: SourceFile): Block {
  try {
    return withoutLayout(parse(text)) as Block
  } catch (error) {
    const { location } = (error as { exception?: { location?: { start?: { line: number } } } }).exception ?? {}
    const line = location?.start?.line
    return fail('AM6202', `${path} is not LookML${line === undefined ? '' : `: line ${line} cannot be read`}.`, {
      hint: 'Mend it first, or leave the file out.',
    })
  }
}

/** The parser also keeps how things were written. */
function withoutLayout(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLayout)
  if (typeof value === 'string') return value.trim()
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => key !== '$strings' && key !== '$type')
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutLayout(item)]))
}

/** Blocks of a kind by name; one that is given several times is merged. */
export function blocksOf(block: Block | undefined, kind: string): Readonly<Record<string, Block>> {
  const found = (block?.[kind] ?? {}) as Readonly<Record<string, Block | readonly Block[]>>
  return Object.fromEntries(
    Object.entries(found)
      .filter(([, value]) => typeof value === 'object')
      .map(([name, value]) => [name, Array.isArray(value) ? (value as Block[]).reduce(merge) : (value as Block)]),
  )
}

export function listOf(value: unknown): readonly Block[] {
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]) as readonly Block[]
}

function extended(view: Block, views: ReadonlyMap<string, Block>): Block {
  const bases = (view.extends ?? []) as readonly string[]
  const merged = bases.reduce<Block>((base, name) => {
    const other = views.get(name)
    return other === undefined || other === view ? base : merge(base, extended(other, views))
  }, {})
  return merge(merged, view)
}

const KINDS = new Set(['dimension', 'dimension_group', 'measure', 'filter', 'parameter', 'set'])

function merge(under: Block, over: Block): Block {
  const merged: Record<string, unknown> = { ...under, ...over }
  for (const kind of KINDS) {
    if (under[kind] === undefined || over[kind] === undefined) continue
    const [below, above] = [blocksOf(under, kind), blocksOf(over, kind)]
    const names = new Set([...Object.keys(below), ...Object.keys(above)])
    merged[kind] = Object.fromEntries([...names].map((name) => [name, { ...below[name], ...above[name] }]))
  }
  return merged as Block
}

export const textOf = (block: Block | undefined, key: string): string | undefined => {
  const value = block?.[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}
