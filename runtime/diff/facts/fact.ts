import type { Effect } from '../change.ts'

/** One thing that is true of a node, and what it does to users when it comes, goes or changes. */
export interface Fact {
  readonly label: string
  readonly value: string
  readonly effects: Effects
}
export interface Effects {
  readonly added: Effect
  readonly removed: Effect
  readonly changed: Effect
}
export type Facts = ReadonlyMap<string, Fact>
type Value = string | number | boolean | null | undefined
export type FactEntry = readonly [key: string, label: string, value: Value, effects: Effect | Effects]

/** What is null or empty is no fact. */
export function factsOf(entries: readonly FactEntry[]): Facts {
  const facts = new Map<string, Fact>()
  for (const [key, label, value, effects] of entries) {
    if (value === null || value === undefined || value === '') continue
    const all = typeof effects === 'string' ? { added: effects, removed: effects, changed: effects } : effects
    facts.set(key, { label, value: String(value), effects: all })
  }
  return facts
}
