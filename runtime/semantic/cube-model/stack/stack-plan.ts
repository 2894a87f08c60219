import type { DimensionRef, Leaf, Span, Stack } from '../../../compiler/index.ts'
import type { ModelIndex } from '../model-index.ts'

export type Branch = Stack['branches'][number]

/** A model joined to a stack: from another joined model, or by a key column of the stack. */
export interface SharedJoin {
  readonly model: string
  /** Models between the stack and this one, in order. */
  readonly via: readonly string[]
  /** Column of the shared model that the key meets; null where `via` leads there. */
  readonly right: string | null
}

export interface StackPlan {
  readonly stack: Stack
  /** The one model of all branches, or null: its dimensions are columns of the stack. */
  readonly sameModel: string | null
  readonly joins: readonly SharedJoin[]
  /** Dimensions that row rules of a branch's model need and that no column or join of the stack gives. */
  readonly ruleColumns: readonly { readonly model: string; readonly ref: DimensionRef }[]
  readonly inputs: readonly Leaf[]
}

/** Decides where every member of a stack comes from. */
export function planStack(index: ModelIndex, stack: Stack): StackPlan {
  const names = [...new Set(stack.branches.map((branch) => branch.model))]
  const sameModel = names.length === 1 ? (names[0] ?? null) : null
  const shared = stack.shared.filter((name) => name !== sameModel)
  const joins = shared.map((name) => sharedJoin(index, stack, new Set(shared), name))
  return { stack, sameModel, joins, ruleColumns: ruleColumns(index, stack, sameModel), inputs: inputsOf(index, stack) }
}

function sharedJoin(index: ModelIndex, stack: Stack, shared: ReadonlySet<string>, name: string): SharedJoin {
  const before = [...new Set(stack.branches.map((branch) => index.path(branch.model, name).at(-1)?.from.name ?? null))]
  const [only] = before
  if (before.length === 1 && only !== undefined && only !== null && shared.has(only)) {
    return { model: name, via: [...sharedJoin(index, stack, shared, only).via, only], right: null }
  }
  return { model: name, via: [], right: meetingColumn(index, stack, name) }
}

function meetingColumn(index: ModelIndex, stack: Stack, name: string): string {
  const rights = stack.branches.flatMap((branch) => index.path(branch.model, name).at(-1)?.right ?? [])
  const [first] = new Set(rights)
  if (first !== undefined && rights.every((right) => right === first)) return first
  const { primaryKey } = index.model(name)
  if (primaryKey === null) throw new Error(`${name} has no primary key to share`)
  return primaryKey
}

/** One input for each metric and shift, whatever the windows over it. */
function inputsOf(index: ModelIndex, stack: Stack): readonly Leaf[] {
  const leaves = index.leavesOf(stack.name)
  const key = (leaf: Leaf) => `${leaf.metric} ${spanKey(leaf.shift)}`
  return [...new Map(leaves.map((leaf) => [key(leaf), leaf])).values()]
}

export const spanKey = (span: Span | null): string => (span === null ? '' : `${span.count} ${span.unit}`)

function ruleColumns(index: ModelIndex, stack: Stack, sameModel: string | null): StackPlan['ruleColumns'] {
  const shared = new Set(stack.shared)
  const models = sameModel === null ? [...new Set(stack.branches.map((branch) => branch.model))] : []
  const needed = models.flatMap((model) =>
    index
      .model(model)
      .access.flatMap((access) => access.rows.map((row) => row.dimension))
      .filter((ref) => !shared.has(ref.model))
      .map((ref) => ({ model, ref })),
  )
  return [...new Map(needed.map((need) => [`${need.model} ${need.ref.model} ${need.ref.dimension}`, need])).values()]
}
