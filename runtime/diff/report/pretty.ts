import type { Change, Effect } from '../change.ts'
import { EFFECT_TITLES, reachText } from './summary.ts'

type Paint = (text: string) => string
interface Colors {
  readonly bold: Paint
  readonly dim: Paint
  readonly red: Paint
  readonly yellow: Paint
  readonly green: Paint
  readonly cyan: Paint
}

const EFFECTS: readonly Effect[] = ['access', 'breaking', 'values', 'addition', 'cosmetic']

/** The differences for a terminal, the gravest first. */
export function diffText(changes: readonly Change[], colors: Colors): string {
  if (changes.length === 0) return 'No difference in meaning.'
  const paint: Readonly<Record<Effect, Paint>> = {
    access: colors.red,
    breaking: colors.red,
    values: colors.yellow,
    addition: colors.green,
    cosmetic: colors.cyan,
  }
  return EFFECTS.flatMap((effect) => {
    const some = changes.filter((change) => change.effect === effect)
    if (some.length === 0) return []
    return [
      `${paint[effect](colors.bold(EFFECT_TITLES[effect]))}\n${some.map((change) => itemOf(change, colors)).join('\n')}`,
    ]
  }).join('\n\n')
}

function itemOf({ kind, name, change, details, reach, source }: Change, { bold, dim }: Colors): string {
  const place = source === null ? '' : dim(`  ${source.file}:${source.line}`)
  const reached = reachText(reach)
  const told = change === 'removed' || change === 'added' ? [] : details.map(({ text }) => `    ${text}`)
  return [
    `  ${kind} ${bold(name)} ${change}${place}`,
    ...told,
    ...(reached === '' ? [] : [dim(`    reaches ${reached}`)]),
  ].join('\n')
}
