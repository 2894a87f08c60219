import type { Change, Effect } from '../change.ts'
import { countEffects, EFFECT_TITLES, EFFECT_WORDS, reachText } from './summary.ts'

const EFFECTS: readonly Effect[] = ['access', 'breaking', 'values', 'addition', 'cosmetic']
const SIGNS: Readonly<Record<Effect, string>> = {
  access: '🔓',
  breaking: '💥',
  values: '🔢',
  addition: '➕',
  cosmetic: '🎨',
}
/** A comment of a pull request holds 65,536 characters. */
const MOST = 60_000

/** The differences as a comment of a pull request: what reviewers must not miss stands first, the rest folds away. */
export function diffMarkdown(
  changes: readonly Change[],
  { from, to }: { readonly from: string; readonly to: string },
): string {
  if (changes.length === 0) return `### Metrics: no difference\n\n\`${from}\` and \`${to}\` mean the same.\n`
  const counts = countEffects(changes)
  const head = EFFECTS.filter((effect) => counts.has(effect)).map(
    (effect) => `${SIGNS[effect]} ${counts.get(effect)} ${EFFECT_WORDS[effect]}`,
  )
  const sections = EFFECTS.flatMap((effect) =>
    section(
      effect,
      changes.filter((change) => change.effect === effect),
    ),
  )
  const text = [`### Metrics: what changes from \`${from}\` to \`${to}\``, head.join(' · '), ...sections].join('\n\n')
  return text.length <= MOST
    ? `${text}\n`
    : `${text.slice(0, text.lastIndexOf('\n', MOST))}\n\n… cut here; \`metrics diff\` shows all of it.\n`
}

function section(effect: Effect, changes: readonly Change[]): readonly string[] {
  if (changes.length === 0) return []
  const items = changes.map(itemOf).join('\n')
  const title = `${SIGNS[effect]} ${EFFECT_TITLES[effect]}`
  if (effect === 'breaking' || effect === 'access') return [`#### ${title}\n\n${items}`]
  return [`<details><summary>${title} (${changes.length})</summary>\n\n${items}\n\n</details>`]
}

function itemOf({ kind, name, change, details, reach, source }: Change): string {
  const place = source === null ? '' : ` <sub>${source.file}:${source.line}</sub>`
  const reached = reachText(reach)
  const lines = [
    `- **${kind} \`${name}\`** ${change}${place}`,
    ...(change === 'removed' || change === 'added' ? [] : details.map(({ text }) => `  - ${text}`)),
    ...(reached === '' ? [] : [`  - reaches ${reached}`]),
  ]
  return lines.join('\n')
}
