import type { Report } from '../../../definitions/index.ts'
import { suggest } from '../../../diagnostics/index.ts'
import type { CompiledDashboard, CompiledReport } from '../../manifest.ts'
import { byName, type Declared, inside, located, type Project, sorted, uniqueByName } from '../../project/index.ts'
import type { Catalogue } from '../catalogue.ts'
import { checkFilter } from '../check-filter.ts'
import { checkTimezone } from '../check-timezone.ts'
import { compileRows } from '../dashboards/index.ts'
import { checkNotify } from './channels.ts'
import { cronProblem } from './cron.ts'
import { checkTemplate, templateOf } from './templates.ts'

/** The reports that can be made. */
export function compileReports(
  catalogue: Catalogue,
  dashboards: readonly CompiledDashboard[],
): readonly CompiledReport[] {
  const { declarations, report } = catalogue.project
  return [...uniqueByName(report, 'AM1803', 'Report', declarations.reports).values()]
    .filter((declared) => checkReport(catalogue, declared, dashboards))
    .map((declared) => compileReport(catalogue, declared))
    .sort(byName)
}

function compileReport(catalogue: Catalogue, declared: Declared<Report>): CompiledReport {
  const { rows, ...report } = declared.value
  const template = templateOf(catalogue.project, declared)
  return {
    ...report,
    ...(rows !== undefined && { rows: compileRows(quietly(catalogue), declared) }),
    ...(template !== undefined && { templateSource: template.text }),
    ...located(declared),
  }
}

function checkReport(
  catalogue: Catalogue,
  declared: Declared<Report>,
  dashboards: readonly CompiledDashboard[],
): boolean {
  const { project } = catalogue
  const { dashboard: wanted, rows } = declared.value
  const dashboard = dashboards.find(({ name }) => name === wanted)
  return [
    wanted !== undefined || rows !== undefined || reportEmpty(project, declared),
    wanted === undefined || dashboard !== undefined || reportUnknown(project, declared, wanted, dashboards),
    checkTemplate(project, declared),
    checkSchedule(project, declared),
    declared.value.timezone === undefined ||
      checkTimezone(project, inside(declared, ['timezone'], declared.value.timezone), 'AM1814'),
    checkNotify(project, declared, 'report'),
    (wanted !== undefined && dashboard === undefined) ||
      checkNames(catalogue, declared, [...(dashboard?.rows ?? []), ...compileRows(catalogue, declared)]),
  ].every(Boolean)
}

function reportUnknown(
  { broken, report }: Project,
  declared: Declared<Report>,
  dashboard: string,
  dashboards: readonly CompiledDashboard[],
): false {
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
function checkNames(catalogue: Catalogue, declared: Declared<Report>, rows: CompiledDashboard['rows']): boolean {
  const { each, where } = declared.value
  const homes = homesOf(catalogue, rows)
  const isKnown = each === undefined || checkEach(catalogue, declared, each, homes)
  if (where === undefined) return isKnown
  const best = homes.find((list) => mentionsOnly(catalogue, where, list)) ?? homes[0]
  if (best === undefined) return isKnown
  const asked = { homes: best, subject: subjectOf(declared.value) }
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
    `No metric ${declared.value.dashboard === undefined ? 'of' : 'on'} ${subjectOf(declared.value)} has the dimension \`${each}\`.`,
    {
      at: declared.at(['each']),
      hint: suggest(each, possible),
    },
  )
  return false
}

const homesOf = ({ metrics }: Catalogue, rows: CompiledDashboard['rows']): readonly (readonly string[])[] =>
  rows.flatMap(({ widgets }) =>
    widgets.flatMap(({ query }) => {
      const homes = sorted((query?.metrics ?? []).flatMap((name) => metrics.get(name)?.models ?? []))
      return homes.length === 0 ? [] : [homes]
    }),
  )

const mentionsOnly = ({ models }: Catalogue, where: string, homes: readonly string[]): boolean =>
  [...where.matchAll(/\{\s*([a-z0-9_.]+)\s*\}/g)].every(
    ([, name = '']) => models.space.resolve(homes, name).kind === 'found',
  )

const subjectOf = ({ dashboard, name }: Report) =>
  dashboard === undefined ? `the report \`${name}\`` : `the dashboard \`${dashboard}\``

/** The rows were reported on when the report was checked. */
const quietly = (catalogue: Catalogue): Catalogue => ({
  ...catalogue,
  usage: { metrics: [], dimensions: [] },
  project: { ...catalogue.project, report: () => undefined },
})

function reportEmpty({ report }: Project, declared: Declared<Report>): false {
  report('AM1850', `The report \`${declared.value.name}\` shows nothing.`, {
    at: declared.at(['name']),
    hint: 'Name a `dashboard`, or list `rows` of widgets.',
  })
  return false
}
