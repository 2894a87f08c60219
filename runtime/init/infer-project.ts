import { inferJoins } from './infer/joins.ts'
import { inferMetrics } from './infer/metrics.ts'
import { daysSince, rangeOf } from './infer/recency.ts'
import { inferTables, type Table } from './infer/table.ts'
import type { FileProfile, Overlap } from './profile/profile.ts'
import { configFile, GITIGNORE } from './write/config.ts'
import { dashboardYaml } from './write/dashboard.ts'
import { agentsGuide, readme } from './write/guides.ts'
import { metricsYaml } from './write/metrics.ts'
import { modelSql, modelsYaml, sourcesYaml } from './write/model.ts'

/** A project that is not written yet. */
export interface ProjectPlan {
  /** Content by path from the project folder. */
  readonly files: Readonly<Record<string, string>>
  /** What was left out or is worth a look, in sentences. */
  readonly notes: readonly string[]
}

interface Input {
  readonly name: string
  readonly files: readonly FileProfile[]
  readonly overlap: Overlap
  /** Pages begin with a range that has data on this day, where there is one. */
  readonly today: Date
}

/** A project over files of which the profile is known. */
export async function inferProject({ name, files, overlap, today }: Input): Promise<ProjectPlan> {
  const tables = inferTables(files)
  const joins = await inferJoins(tables, overlap)
  const metrics = inferMetrics(tables)
  const notes = tables.flatMap((table) => notesOn(table, today))
  const perTable = tables.flatMap((table) => [
    [`models/${table.name}.sql`, modelSql(table)],
    [`metrics/${table.name}.yml`, metricsYaml(table, joins, metrics)],
  ])
  const example = `metrics query --metrics ${metrics[0]?.name ?? 'NAME'}`
  return {
    files: {
      'metrics.config.ts': configFile(name),
      'models/sources.yml': sourcesYaml(tables),
      'models/models.yml': modelsYaml(tables),
      ...Object.fromEntries(perTable),
      'dashboards/overview.yml': dashboardYaml(rangeOf(tables, today), tables, joins, metrics),
      'README.md': readme(name, tables, joins, metrics, notes),
      'AGENTS.md': agentsGuide(example),
      '.gitignore': GITIGNORE,
    },
    notes,
  }
}

function notesOn(table: Table, today: Date): readonly string[] {
  const { file, columns, time, primaryKey } = table
  const zeros = columns.filter(({ role, profile }) => role === 'sum' && profile.zeros > 0 && profile.filled < file.rows)
  return [
    ...file.notes,
    ...(file.rows === 0 ? ['The file has no rows yet.'] : []),
    ...(primaryKey || file.rows === 0 ? [] : ['No column names its rows, so other tables cannot join it.']),
    ...(time ? [] : ['No column is a time, so its metrics have no course over time.']),
    ...(time && file.rows > 0 && daysSince(time, today) > 365
      ? [`Its times end on ${String(time.profile.max).slice(0, 10)}: choose earlier dates on the page to see them.`]
      : []),
    ...zeros.map(
      ({ name, profile }) =>
        `\`${name}\` is empty in ${file.rows - profile.filled} rows and 0 in ${profile.zeros}: if 0 means unknown there, write nullif(${name}, 0) in the model.`,
    ),
  ].map((note) => `\`${table.name}\`: ${note}`)
}
