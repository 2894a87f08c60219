import type { Relation } from '../../compiler/index.ts'
import { diagnostic, fail, oneOf, suggest, UserError } from '../../diagnostics/index.ts'
import { relationSql } from '../relation-name.ts'
import { SqlError } from '../sql-error.ts'
import { type BuildContext, type Built, kindOf } from './build-context.ts'
import { stateOf } from './build-memory.ts'
import { candidateOf, dropCandidate, isInScratch, scratchOf } from './candidate.ts'
import { checkUniqueKey, columnsOf, compareColumns, mergeRows, type TypedColumn } from './incremental.ts'
import { readingOf } from './reading.ts'
import { runDataTests } from './sql/data-tests.ts'
import { modelError, positionIn } from './sql/sql-diagnostic.ts'
import { type RenderedSql, renderTemplate, type TemplateContext } from './sql/template.ts'
import { later, NO_WATERMARK, unreadSql, watermarkColumns, watermarksOf } from './sql/watermark.ts'
import { placeSql, renameSql, swapIn } from './swap.ts'

/** Builds a model beside what is in use, tests it and puts it in place; what is in use stays where anything fails. */
export async function buildModel(context: BuildContext, relation: Relation): Promise<Built> {
  checkOwner(context, relation)
  checkUpstream(context, relation)
  const { memory } = context
  if (memory === undefined || context.fullRefresh) return buildIt(context, relation)
  const state = await stateOf(context, relation)
  const known =
    state !== null && memory.states.get(relation.name) === state && kindOf(context, relation.name) !== undefined
  if (known) return { rows: null, tests: 0, notes: ['unchanged'] }
  memory.states.delete(relation.name)
  const built = await buildIt(context, relation)
  if (state !== null) memory.states.set(relation.name, state)
  return built
}

function buildIt(context: BuildContext, relation: Relation): Promise<Built> {
  if (relation.materialized === 'view') return buildView(context, relation)
  const current = kindOf(context, relation.name)
  const goesOn = relation.materialized === 'incremental' && current === 'table' && !context.fullRefresh
  return goesOn ? buildIncrement(context, relation) : buildTable(context, relation, [])
}

async function buildView(context: BuildContext, relation: Relation): Promise<Built> {
  const rendered = render(context, relation)
  return withCandidate(context, relation, 'view', rendered, async (candidate) => {
    const tested = await testOn(context, relation, candidate)
    const before = context.ledger.get(relation.name)
    await swapIn(context, {
      relation: relation.name,
      entry: { kind: 'view', definition: rendered.sql },
      changed:
        before?.kind !== 'view' || before.definition !== rendered.sql || kindOf(context, relation.name) !== 'view',
      create: (tx) => tx.query(renameSql(context, 'view', candidate, relation.name)),
    })
    return { rows: null, ...tested }
  })
}

async function buildTable(context: BuildContext, relation: Relation, notes: readonly string[]): Promise<Built> {
  const { warehouse } = context
  return withCandidate(context, relation, 'table', render(context, relation), async (candidate) => {
    const { rows } = await warehouse.query(`SELECT count(*) FROM ${relationSql(warehouse.dialect, candidate)}`)
    if (context.memory !== undefined && (await hasSameRows(context, relation, candidate))) {
      return { rows: Number(rows[0]?.[0]), tests: 0, notes: ['same rows'] }
    }
    await checkUniqueKey(context, relation, candidate)
    const tested = await testOn(context, relation, candidate)
    await prepareForUse(context, relation, candidate)
    await swapIn(context, {
      relation: relation.name,
      entry: { kind: 'table', definition: '' },
      changed: true,
      create: (tx) => tx.query(placeSql(context, candidate, relation.name)),
    })
    return { rows: Number(rows[0]?.[0]), tests: tested.tests, notes: [...notes, ...tested.notes] }
  })
}

/** Where the rows are those in use, nobody who reads them has to be told. */
async function hasSameRows(context: BuildContext, { name }: Relation, candidate: string): Promise<boolean> {
  const { warehouse } = context
  if (kindOf(context, name) !== 'table') return false
  const [old, now] = [await columnsOf(warehouse, name), await columnsOf(warehouse, candidate)]
  if (JSON.stringify(old) !== JSON.stringify(now)) return false
  const [inUse, made] = [relationSql(warehouse.dialect, name), relationSql(warehouse.dialect, candidate)]
  const count = (table: string) => `(SELECT count(*) FROM ${table})`
  const { rows } = await warehouse
    .query(
      `SELECT CASE WHEN ${count(inUse)} <> ${count(made)} THEN 1
        ELSE (SELECT count(*) FROM (SELECT * FROM ${made} EXCEPT ALL SELECT * FROM ${inUse}) AS other) END`,
    )
    // Types that cannot be compared, such as json on Postgres.
    .catch(() => ({ rows: [[1]] }))
  return Number(rows[0]?.[0]) === 0
}

async function buildIncrement(context: BuildContext, relation: Relation): Promise<Built> {
  const { warehouse } = context
  const current = await columnsOf(warehouse, relation.name)
  const unmarked = [...watermarkColumns(relation.sql)].filter((name) => !current.some((column) => column.name === name))
  if (unmarked.length > 0) {
    return buildAnew(context, relation, unmarked.map((name) => `\`${name}\` is new`).join(', '))
  }
  const marks = await watermarksOf(warehouse, relation)
  const markOf = (column: string) => marks.get(column) ?? NO_WATERMARK
  const reading = await readingOf(context, relation)
  const rendered = renderTemplate(relation.sql, {
    ...templateOf(context, relation),
    watermark: markOf,
    unread: unreadSql(warehouse.dialect, relation, (column) => later(markOf(column), reading.since)),
    incremental: true,
  })
  const outcome = await withCandidate(context, relation, 'table', rendered, async (candidate) => {
    const columns = await columnsOf(warehouse, candidate)
    const difference = compareColumns(current, columns)
    if (difference !== null) return difference
    await checkUniqueKey(context, relation, candidate)
    const names = columns.map(({ name }) => name)
    return mergeRows(context, relation, candidate, names, (tx) =>
      runDataTests(
        context,
        tx,
        relation,
        relationSql(warehouse.dialect, relation.name),
        templateOf(context, relation),
        context.memory === undefined ? undefined : relationSql(warehouse.dialect, candidate),
      ),
    )
  }).catch((error: unknown) => newColumns(relation, current, error))
  reading.done()
  return typeof outcome === 'string' ? buildAnew(context, relation, outcome) : outcome
}

/** Its SQL may compare with columns that the relation in use does not have yet. */
function newColumns(relation: Relation, current: readonly TypedColumn[], error: unknown): string {
  const added = relation.columns.filter(({ name }) => !current.some((column) => column.name === name))
  const isOfSql = error instanceof UserError && error.diagnostics.every(({ code }) => code === 'AM3101')
  if (added.length === 0 || !isOfSql) throw error
  return added.map(({ name }) => `\`${name}\` is new`).join(', ')
}

const buildAnew = (context: BuildContext, relation: Relation, difference: string): Promise<Built> =>
  buildTable(context, relation, [`Built anew, because its columns changed: ${difference}.`])

async function withCandidate<T>(
  context: BuildContext,
  relation: Relation,
  kind: 'table' | 'view',
  rendered: RenderedSql,
  work: (candidate: string) => Promise<T>,
): Promise<T> {
  const { warehouse } = context
  const candidate = candidateFor(context, relation, kind)
  // Nobody clears the scratch of what could not be dropped.
  const create = isInScratch(warehouse, candidate) ? 'CREATE OR REPLACE' : 'CREATE'
  const head = `${create} ${kind} ${relationSql(warehouse.dialect, candidate)} AS (\n`
  const statement = `${head}${rendered.sql}\n)`
  try {
    await warehouse.query(statement)
    return await work(candidate)
  } catch (error) {
    if (!(error instanceof SqlError)) throw error
    const offset = error.sql === statement ? error.offset : undefined
    const place = offset === undefined ? { line: 1, column: 1 } : rendered.originOf(offset - head.length)
    throw new UserError(modelError(context, relation, error, place))
  } finally {
    await dropCandidate(warehouse, candidate, kind).catch(() => undefined)
  }
}

/** Somebody who builds again and again writes each row to disk once, and nothing where the rows are what they were. */
function candidateFor({ memory, warehouse }: BuildContext, { name }: Relation, kind: 'table' | 'view'): string {
  const scratch = memory !== undefined && kind === 'table' ? scratchOf(warehouse, name) : null
  return scratch ?? candidateOf(name)
}

async function testOn(context: BuildContext, relation: Relation, candidate: string) {
  const { warehouse } = context
  const target = relationSql(warehouse.dialect, candidate)
  const tested = await runDataTests(context, warehouse, relation, target, templateOf(context, relation))
  if (tested.diagnostics.length > 0) throw new UserError(tested.diagnostics)
  return { tests: tested.ran, notes: tested.notes }
}

/** What Postgres needs to plan well; DuckDB knows by itself, and keeps no indexes. */
async function prepareForUse({ warehouse }: BuildContext, { uniqueKey }: Relation, candidate: string): Promise<void> {
  if (warehouse.dialect.name !== 'postgres') return
  const table = relationSql(warehouse.dialect, candidate)
  if (uniqueKey.length > 0) {
    await warehouse.query(`CREATE INDEX ON ${table} (${uniqueKey.map(warehouse.dialect.quote).join(', ')})`)
  }
  await warehouse.query(`ANALYZE ${table}`)
}

const render = (context: BuildContext, relation: Relation) =>
  renderTemplate(relation.sql, templateOf(context, relation))

function templateOf({ warehouse: { dialect }, sources }: BuildContext, relation: Relation): TemplateContext {
  return {
    ref: (name) => relationSql(dialect, name),
    source: (group, table) => relationSql(dialect, sources.get(`${group}.${table}`) ?? `${group}.${table}`),
    this: relationSql(dialect, relation.name),
    watermark: () => NO_WATERMARK,
    unread: () => 'true',
    incremental: false,
  }
}

/** A relation that this project did not make may hold somebody's only copy of their data. */
function checkOwner(context: BuildContext, { name, source }: Relation): void {
  const kind = kindOf(context, name)
  if (kind === undefined || context.ledger.has(name)) return
  fail('AM3105', `The warehouse has a ${kind} \`${name}\` that this project did not make, so it is not replaced.`, {
    at: { file: source.file, line: source.line, column: 1 },
    hint: `Rename the model, or rename or drop the ${kind} if nobody needs it.`,
  })
}

function checkUpstream(context: BuildContext, relation: Relation): void {
  const isThere = (name: string) => context.built.has(name) || kindOf(context, name) !== undefined
  const refs = relation.refs
    .filter((name) => !isThere(name))
    .map((name) =>
      diagnostic('AM3106', `Model \`${relation.name}\` reads \`${name}\`, which is not built yet.`, {
        at: placeOfName(relation, name),
        hint: `Build it as well: \`metrics build --select +${relation.name}\`.`,
      }),
    )
  const sources = relation.sources.flatMap((key) => missingSource(context, relation, key))
  if (refs.length + sources.length > 0) throw new UserError([...refs, ...sources])
}

function missingSource(context: BuildContext, relation: Relation, key: string) {
  const table = context.sources.get(key) ?? key
  if (context.built.has(key) || kindOf(context, table) !== undefined) return []
  const schema = table.slice(0, table.indexOf('.') + 1)
  const others = [...context.existing.keys()].filter((name) => name.startsWith(schema))
  return diagnostic('AM3108', `The warehouse has no table \`${table}\`, which \`${relation.name}\` reads.`, {
    at: placeOfName(relation, key.slice(key.indexOf('.') + 1)),
    hint:
      suggest(table, others) ??
      (context.existing.size === 0
        ? 'The warehouse is empty: load data first.'
        : `It has ${oneOf([...context.existing.keys()])}.`),
  })
}

/** Where the template names what it reads. */
function placeOfName(relation: Relation, name: string) {
  const found = new RegExp(`\\{\\{\\s*(?:ref|source)\\b[^}]*["']${name}["']`).exec(relation.sql)
  const before = relation.sql.slice(0, found?.index ?? 0).split('\n')
  return positionIn(relation, { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 })
}
