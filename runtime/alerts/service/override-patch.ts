import { createTwoFilesPatch } from 'diff'
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { CompiledAlert } from '../rule.ts'
import type { Override } from '../state/index.ts'

/** A patch that writes overridden limits into the file of an alert, for `git apply`; undefined where nothing would change. */
export function overridePatch(alert: CompiledAlert, settings: Override['settings'], text: string): string | undefined {
  const changes = Object.entries(settings).flatMap(([key, value]) => placeOf(text, alert, key, value))
  if (changes.length === 0) return undefined
  const written = changes
    .sort((a, b) => b.start - a.start)
    .reduce((all, { end, start, value }) => `${all.slice(0, start)}${value}${all.slice(end)}`, text)
  const { file } = alert.source
  return written === text
    ? undefined
    : createTwoFilesPatch(`a/${file}`, `b/${file}`, text, written, undefined, undefined, { context: 3 })
}

interface Place {
  readonly start: number
  readonly end: number
  readonly value: number
}

/** Where a limit stands: nothing else of the file is touched, not its layout and not its comments. */
function placeOf(text: string, alert: CompiledAlert, key: string, value: number): readonly Place[] {
  const alerts = parseDocument(text).get('alerts')
  const mine = isSeq(alerts) ? alerts.items.find((item) => isMap(item) && item.get('name') === alert.name) : undefined
  if (!isMap(mine)) return []
  const inChange = alert.type === 'threshold' && alert.when.change !== undefined
  const node = mine.getIn(inChange ? ['when', 'change', key] : ['when', key], true)
  return isScalar(node) && node.range ? [{ start: node.range[0], end: node.range[1], value }] : []
}
