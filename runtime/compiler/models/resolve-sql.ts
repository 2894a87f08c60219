import { nearest, oneOf } from '../../diagnostics/index.ts'
import {
  BARE_VALUES,
  findAggregate,
  findComparisons,
  findQuotedReferences,
  parseSql,
  type SqlProblem,
} from '../expression/index.ts'
import type { SqlExpression, SqlPart } from '../manifest.ts'
import type { Declared, Project } from '../project/index.ts'
import type { DimensionSpace } from './dimension-space.ts'
import { resolveOrReport } from './unresolved.ts'

/** The column of a name: quoted, since it may be a keyword of the warehouse. */
export const columnSql = (name: string): SqlExpression => [{ text: `"${name.replaceAll('"', '""')}"` }]

/** SQL over the rows of one model with its references resolved, or null where something in it is wrong. */
export function resolveRowSql(
  project: Project,
  space: DimensionSpace,
  model: string,
  sql: Declared<string>,
  what: string,
): SqlExpression | null {
  if (/^[a-z_][a-z0-9_]*$/.test(sql.value) && !BARE_VALUES.has(sql.value)) return columnSql(sql.value)
  const { parts, problems } = parseSql(sql.value)
  const fine = [reportProblems(project, sql, problems), refuseEmpty(project, sql), refuseAggregate(project, sql, what)]
  const resolved = parts.map((part): SqlPart | undefined => {
    if ('text' in part) return part
    const at = () => sql.at([], 'value', part.start, part.length)
    return resolveOrReport(project, space, { homes: [model], subject: `\`${model}\`` }, part.reference, at)
  })
  warnAboutQuotes(project, space, model, sql)
  warnAboutValues(project, space, model, sql)
  const sound = resolved.filter((part) => part !== undefined)
  return sound.length > 0 && fine.every(Boolean) && sound.length === parts.length ? sound : null
}

export function reportProblems({ report }: Project, sql: Declared<string>, problems: readonly SqlProblem[]): boolean {
  for (const { kind, message, hint, start, length } of problems) {
    const at = sql.at([], 'value', start, length)
    report(kind === 'reference' ? 'AM1211' : 'AM1224', message, { at, hint })
  }
  return problems.length === 0
}

export function refuseEmpty({ report }: Project, sql: Declared<string>): boolean {
  if (parseSql(sql.value).parts.some((part) => !('text' in part) || part.text.trim() !== '')) return true
  report('AM1224', 'The SQL is empty.', { at: sql.at(), hint: 'Write an expression, or leave the key out.' })
  return false
}

function refuseAggregate({ report }: Project, sql: Declared<string>, what: string): boolean {
  const found = findAggregate(sql.value)
  if (found === undefined) return true
  const hint =
    what === 'metric'
      ? '`agg` aggregates; write in `sql` only what is aggregated.'
      : 'Declare a metric with this aggregation.'
  report('AM1225', `\`${found.text}(…)\` aggregates, but this SQL is about single rows.`, {
    at: sql.at([], 'value', found.start, found.length),
    hint,
  })
  return false
}

function warnAboutQuotes(project: Project, space: DimensionSpace, model: string, sql: Declared<string>): void {
  for (const { reference, text, start, length } of findQuotedReferences(sql.value)) {
    if (space.resolve([model], reference).kind !== 'found') continue
    project.report('AM1226', `\`${text}\` in quotes is text, not the dimension \`${reference}\`.`, {
      at: sql.at([], 'value', start, length),
      hint: `Write {${reference}} without quotes.`,
    })
  }
}

/** A text compared with a dimension that declares its values should be one of them. */
function warnAboutValues(project: Project, space: DimensionSpace, model: string, sql: Declared<string>): void {
  for (const { reference, value, start, length } of findComparisons(sql.value)) {
    const resolution = space.resolve([model], reference)
    const dimension = resolution.kind === 'found' ? space.get(resolution.ref)?.declared?.value : undefined
    if (dimension?.values === undefined || dimension.values.includes(value)) continue
    const values = dimension.values.map(String)
    const near = nearest(value, values)
    project.report(
      'AM1229',
      `\`${reference}\` never is '${value}': its \`values\` are ${oneOf(values).replace(/ or /, ' and ')}.`,
      {
        at: sql.at([], 'value', start, length),
        hint:
          near === undefined
            ? `Correct it, or add '${value}' to the values of \`${reference}\`.`
            : `Did you mean '${near}'?`,
      },
    )
  }
}
