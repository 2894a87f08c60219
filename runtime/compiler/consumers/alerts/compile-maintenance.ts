import type { Alert, Maintenance } from '../../../definitions/index.ts'
import { suggest } from '../../../diagnostics/index.ts'
import type { Located } from '../../manifest.ts'
import { byName, type Declared, inside, items, located, type Project, uniqueByName } from '../../project/index.ts'
import { checkTimezone } from '../check-timezone.ts'
import { cronProblem } from './cron.ts'

/** The windows of time in which alerts tell nobody. */
export function compileMaintenance(
  project: Project,
  alerts: readonly (Alert & Located)[],
): readonly (Maintenance & Located)[] {
  return [...uniqueByName(project.report, 'AM1819', 'Maintenance window', project.declarations.maintenance).values()]
    .filter((window) =>
      [checkTimes(project, window), checkZone(project, window), checkAlerts(project, window, alerts)].every(Boolean),
    )
    .map((window) => ({ ...window.value, ...located(window) }))
    .sort(byName)
}

/** Either a schedule with a duration, or a begin and an end. */
function checkTimes(project: Project, window: Declared<Maintenance>): boolean {
  const { duration, from, schedule, to } = window.value
  const repeats = schedule !== undefined || duration !== undefined
  if (repeats && (from !== undefined || to !== undefined)) {
    return refuse(
      project,
      window,
      ['from'],
      'It is both on a schedule and from one instant to another.',
      'Make a window of each.',
    )
  }
  if (schedule !== undefined && duration !== undefined) return checkSchedule(project, window, schedule)
  if (repeats) {
    return refuse(
      project,
      window,
      [],
      '`schedule` and `duration` belong together.',
      'Write `schedule: "0 2 * * 0"` and `duration: 2h`.',
    )
  }
  return checkInstants(project, window, from, to)
}

function checkSchedule({ report }: Project, window: Declared<Maintenance>, schedule: string): boolean {
  const problem = cronProblem(schedule)
  if (problem === undefined) return true
  report('AM1813', problem.message, { at: window.at(['schedule']), hint: problem.hint })
  return false
}

function checkInstants(
  project: Project,
  window: Declared<Maintenance>,
  from: string | undefined,
  to: string | undefined,
) {
  const hint = 'Write `from: 2026-03-31T22:00:00Z` and `to: 2026-04-01T02:00:00Z`.'
  if (from === undefined || to === undefined) return refuse(project, window, [], 'It has no begin and end.', hint)
  for (const [key, text] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (!INSTANT.test(text) || Number.isNaN(Date.parse(text)))
      return refuse(project, window, [key], `\`${text}\` is no instant with a time zone.`, hint)
  }
  if (Date.parse(from) < Date.parse(to)) return true
  return refuse(project, window, ['to'], 'It ends before it begins.', 'Swap `from` and `to`.')
}

const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/

function refuse(
  { report }: Project,
  window: Declared<Maintenance>,
  path: readonly string[],
  message: string,
  hint: string,
) {
  report('AM1820', message, { at: window.at(path), hint })
  return false
}

const checkZone = (project: Project, window: Declared<Maintenance>): boolean =>
  window.value.timezone === undefined ||
  checkTimezone(project, inside(window, ['timezone'], window.value.timezone), 'AM1814')

function checkAlerts(
  { broken, declarations, report }: Project,
  window: Declared<Maintenance>,
  alerts: readonly (Alert & Located)[],
) {
  const known = new Set([...alerts.map(({ name }) => name), ...declarations.alerts.map(({ value }) => value.name)])
  const unknown = items(window, 'alerts', window.value.alerts ?? []).filter(
    ({ value }) => !known.has(value) && !broken.has('alerts', value),
  )
  for (const alert of unknown)
    report('AM1808', `There is no alert \`${alert.value}\`.`, { at: alert.at(), hint: suggest(alert.value, known) })
  return unknown.length === 0
}
