import type { Alert } from '../../../definitions/index.ts'
import { suggest } from '../../../diagnostics/index.ts'
import type { Located } from '../../manifest.ts'
import {
  byName,
  cyclePath,
  type Declared,
  findCycles,
  items,
  located,
  type Project,
  uniqueByName,
} from '../../project/index.ts'
import type { Catalogue } from '../catalogue.ts'
import { checkQuestion, nameAt, namesAt } from '../question.ts'
import { checkNotify } from './channels.ts'
import { checkCondition } from './check-condition.ts'

/** The alerts that can be evaluated. */
export function compileAlerts(catalogue: Catalogue): readonly (Alert & Located)[] {
  const { project } = catalogue
  const unique = uniqueByName(project.report, 'AM1801', 'Alert', project.declarations.alerts)
  const circular = reportCycles(project, unique)
  return [...unique.values()]
    .filter((alert) => checkAlert(catalogue, alert, unique) && !circular.has(alert.value.name))
    .map((alert) => ({ ...alert.value, ...located(alert) }))
    .sort(byName)
}

type Alerts = ReadonlyMap<string, Declared<Alert>>

function checkAlert(catalogue: Catalogue, alert: Declared<Alert>, all: Alerts): boolean {
  const { project } = catalogue
  return [
    checkAsked(catalogue, alert),
    checkCondition(project, alert),
    checkGroups(project, alert),
    checkInhibitors(project, alert, all),
    checkNotify(project, alert, 'alert'),
  ].every(Boolean)
}

function checkAsked(catalogue: Catalogue, declared: Declared<Alert>): boolean {
  const { value } = declared
  const budget = value.type === 'budget' && typeof value.budget === 'string' ? value.budget : undefined
  const checked = checkQuestion(catalogue, {
    declared,
    node: `alert:${value.name}`,
    metrics: [...nameAt('metric', value.metric), ...nameAt('budget', budget)],
    by: namesAt('by', value.by),
    grain: timeOf(value),
    where: value.where === undefined ? undefined : { name: value.where, path: ['where'] },
  })
  return checked !== undefined
}

/** Alerts look at periods of time, whether or not they name a grain. */
function timeOf(alert: Alert) {
  if ('grain' in alert && alert.grain !== undefined) return { name: alert.grain, path: ['grain'] }
  if (alert.type === 'budget')
    return { name: alert.period ?? 'month', path: [alert.period === undefined ? 'metric' : 'period'] }
  return { name: 'time', path: ['metric'] }
}

function checkGroups({ report }: Project, alert: Declared<Alert>): boolean {
  const { by = [], group_by = [] } = alert.value
  const wrong = items(alert, 'group_by', group_by).filter(({ value }) => !by.includes(value))
  for (const group of wrong) {
    report('AM1810', `\`${group.value}\` is not among \`by\`, so the alert does not know it.`, {
      at: group.at(),
      hint: by.length === 0 ? `Add \`by: [${group.value}]\`.` : suggest(group.value, by),
    })
  }
  return wrong.length === 0
}

function checkInhibitors({ broken, report }: Project, alert: Declared<Alert>, all: Alerts): boolean {
  const { inhibited_by: names = [], name } = alert.value
  const unknown = items(alert, 'inhibited_by', names).filter(
    ({ value }) => !all.has(value) && !broken.has('alerts', value),
  )
  for (const other of unknown) {
    const others = [...all.keys()].filter((key) => key !== name)
    report('AM1808', `There is no alert \`${other.value}\`.`, { at: other.at(), hint: suggest(other.value, others) })
  }
  return unknown.length === 0
}

function reportCycles({ report }: Project, all: Alerts): ReadonlySet<string> {
  const cycles = findCycles(all.keys(), (name) => all.get(name)?.value.inhibited_by ?? [])
  for (const cycle of cycles) {
    const places = cycle.flatMap((name) => {
      const alert = all.get(name)
      return alert === undefined ? [] : [{ name, at: alert.at(['inhibited_by']) }]
    })
    const message =
      cycle.length === 1
        ? `Alert \`${cycle[0]}\` mutes itself.`
        : `Alerts mute one another in a circle: ${cyclePath(cycle)}.`
    report('AM1809', message, {
      at: places[0]?.at,
      hint: 'Let the cause mute its consequences, and not the other way round.',
      related: places.slice(1).map(({ at, name }) => ({ message: `\`${name}\` is part of the circle`, at })),
    })
  }
  return new Set(cycles.flat())
}
