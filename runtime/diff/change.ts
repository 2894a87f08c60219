export type NodeKind =
  | 'project'
  | 'source'
  | 'relation'
  | 'model'
  | 'dimension'
  | 'access'
  | 'metric'
  | 'dashboard'
  | 'channel'
  | 'alert'
  | 'report'

/**
 * What a difference does to those who use the node: `breaking` takes away or changes the meaning of what they rely on,
 * `access` lets somebody see more, `values` may move numbers, `cosmetic` changes how it looks or reads, `addition` is new.
 */
export type Effect = 'breaking' | 'access' | 'values' | 'cosmetic' | 'addition'

/** One thing that is different about a node, in words. */
export interface Detail {
  readonly effect: Effect
  readonly text: string
}

/** What depends on a changed node, and through what. */
export interface Reached {
  /** `dashboard:overview`. */
  readonly node: string
  /** Nodes between the changed one and this, in order; empty where it is used directly. */
  readonly through: readonly string[]
}

export interface Change {
  /** `metric:success_rate`; the new name where it was renamed. */
  readonly node: string
  readonly kind: NodeKind
  readonly name: string
  readonly change: 'added' | 'removed' | 'renamed' | 'changed'
  /** The former name. */
  readonly from?: string
  /** The worst of its details. */
  readonly effect: Effect
  readonly details: readonly Detail[]
  readonly reach: readonly Reached[]
  readonly source: { readonly file: string; readonly line: number } | null
}

const ORDER: readonly Effect[] = ['breaking', 'access', 'values', 'cosmetic', 'addition']

export const compareEffects = (a: Effect, b: Effect): number => ORDER.indexOf(a) - ORDER.indexOf(b)

export function worstOf(details: readonly Detail[]): Effect {
  return details.map(({ effect }) => effect).sort(compareEffects)[0] ?? 'cosmetic'
}
