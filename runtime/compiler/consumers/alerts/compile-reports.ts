import type { Report } from '../../../definitions/index.ts'
import { suggest } from '../../../diagnostics/index.ts'
import type { CompiledDashboard, Located } from '../../manifest.ts'
import { byName, type Declared, inside, located, type Project, sorted, uniqueByName } from '../../project/index.ts'
import type { Catalogue } from '../catalogue.ts'
import { checkFilter } from '../check-filter.ts'
import { checkTimezone } from '../check-timezone.ts'
import { checkNotify } from './channels.ts'
import { cronProblem } from './cron.ts'

/** The reports that can be made. */
export function compileReports(
  catalogue: Catalogue,
  dashboards: readonly CompiledDashboard[],
): readonly (Report & Located)[] {
  const { declarations, report } = catalogue.project
  return [...uniqueByName(report, 'AM1803', 'Report', declarations.reports).values()]
    .filter((declared) => checkReport(catalogue, declared, dashboards))
    .map((declared) => ({ ...declared.value, ...located(declared) }))
    .sort(byName)
}

function checkReport(
  catalogue: Catalogue,
  declared: Declared<Report>,
  dashboards: readonly CompiledDashboard[],
): boolean {
  const { project } = catalogue
  const dashboard = dashboards.find(({ name }) => name === declared.value.dashboard)
  return [
    dashboard !== undefined || reportUnknown(project, declared, dashboards),
    checkSchedule(project, declared),
    declared.value.timezone === undefined ||
      checkTimezone(project, inside(declared, ['timezone'], declared.value.timezone), 'AM1814'),
    checkNotify(project, declared, 'report'),
    dashboard === undefined || checkNames(catalogue, declared, dashboard),
  ].every(Boolean)
}

function reportUnknown(
  { broken, report }: Project,
  declared: Declared<Report>,
  dashboards: readonly CompiledDashboard[],
): false {
  const { dashboard } = declared.value
  if (broken.has('dashboards', dashboard)) return false
  report('AM1812', `There is no dashboard \`${dashboard}\`.`, {
    at: declared.at(['dashboard']),
    hint: suggest(
      dashboard,
      dashboards.map(({ name }) => name),
    ),
  })
  return false
}

function checkSchedule({ report }: Project, declared: Declared<Report>): boolean {
  const { schedule } = declared.value
  const problem = schedule === undefined ? undefined : cronProblem(schedule)
  if (problem === undefined) return true
  report('AM1813', problem.message, { at: declared.at(['schedule']), hint: problem.hint })
  return false
}

/** `each` and `where` mean a dimension of some widget of the dashboard. */
function checkNames(catalogue: Catalogue, declared: Declared<Report>, dashboard: CompiledDashboard): boolean {
  const { each, where } = declared.value
  const homes = homesOf(catalogue, dashboard)
  const isKnown = each === undefined || checkEach(catalogue, declared, each, homes)
  if (where === undefined) return isKnown
  const best = homes.find((list) => mentionsOnly(catalogue, where, list)) ?? homes[0]
  if (best === undefined) return isKnown
  const asked = { homes: best, subject: `the dashboard \`${dashboard.name}\`` }
  return checkFilter(catalogue, asked, inside(declared, ['where'], where), `report:${declared.value.name}`) && isKnown
}

function checkEach(
  { models, project, usage }: Catalogue,
  declared: Declared<Report>,
  each: string,
  homes: readonly (readonly string[])[],
): boolean {
  for (const list of homes) {
    const resolution = models.space.resolve(list, each)
    if (resolution.kind !== 'found') continue
    usage.dimensions.push({ node: `report:${declared.value.name}`, ref: resolution.ref })
    return true
  }
  const possible = sorted(homes.flatMap((list) => models.space.names(list)))
  project.report(
    'AM1205',
    `No metric on the dashboard \`${declared.value.dashboard}\` has the dimension \`${each}\`.`,
    {
      at: declared.at(['each']),
      hint: suggest(each, possible),
    },
  )
  return false
}

const homesOf = ({ metrics }: Catalogue, dashboard: CompiledDashboard): readonly (readonly string[])[] =>
  dashboard.rows.flatMap(({ widgets }) =>
    widgets.flatMap(({ query }) => {
      const homes = sorted((query?.metrics ?? []).flatMap((name) => metrics.get(name)?.models ?? []))
      return homes.length === 0 ? [] : [homes]
    }),
  )

const mentionsOnly = ({ models }: Catalogue, where: string, homes: readonly string[]): boolean =>
  [...where.matchAll(/\{\s*([a-z0-9_.]+)\s*\}/g)].every(
    ([, name = '']) => models.space.resolve(homes, name).kind === 'found',
  )
