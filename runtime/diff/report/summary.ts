import type { Change, Effect, Reached } from '../change.ts'

export const EFFECT_TITLES: Readonly<Record<Effect, string>> = {
  breaking: 'Breaks consumers',
  access: 'Lets somebody see more',
  values: 'May change values',
  cosmetic: 'Words and looks',
  addition: 'New',
}

/** After a number. */
export const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  breaking: 'breaking',
  access: 'widening access',
  values: 'with effect on values',
  cosmetic: 'of words and looks',
  addition: 'new',
}

export function countEffects(changes: readonly Change[]): ReadonlyMap<Effect, number> {
  const counts = new Map<Effect, number>()
  for (const { effect } of changes) counts.set(effect, (counts.get(effect) ?? 0) + 1)
  return counts
}

/** What is reached, kind by kind: `2 dashboards (overview, usage), 1 alert (…)`; what people look at comes first. */
export function reachText(reach: readonly Reached[], most = 6): string {
  return KINDS.flatMap(([kind, noun]) => {
    const names = reach.filter(({ node }) => node.startsWith(`${kind}:`)).map(({ node }) => node.slice(kind.length + 1))
    if (names.length === 0) return []
    const shown = names.slice(0, most).join(', ')
    return `${names.length} ${noun}${names.length === 1 ? '' : 's'} (${shown}${names.length > most ? ', …' : ''})`
  }).join(', ')
}

const KINDS = [
  ['dashboard', 'dashboard'],
  ['alert', 'alert'],
  ['report', 'report'],
  ['metric', 'metric'],
  ['dimension', 'dimension'],
  ['model', 'semantic model'],
  ['relation', 'model'],
] as const
