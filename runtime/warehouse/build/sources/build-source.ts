import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, relative, resolve } from 'node:path'
import { fail, nearest } from '../../../diagnostics/index.ts'
import { FileReader } from '../../duckdb/file-reader.ts'
import { ensureSchema } from '../../ensure-schema.ts'
import { relationSql } from '../../relation-name.ts'
import { SqlError } from '../../sql-error.ts'
import { type BuildContext, type Built, kindOf } from '../build-context.ts'
import { candidateOf, dropCandidate } from '../candidate.ts'
import type { BuildNode } from '../plan/graph.ts'
import { renameSql, swapIn } from '../swap.ts'
import { fileProblem } from './file-problem.ts'

type SourceNode = Extract<BuildNode, { kind: 'source' }>

/** Loads the files of a source into its table, if they changed since they were loaded last. */
export async function buildSource(context: BuildContext, node: SourceNode): Promise<Built> {
  const { warehouse } = context
  const relation = `${node.table.schema}.${node.table.name}`
  checkOwner(context, node, relation)
  const pattern = resolve(context.projectDir, node.file)
  const definition = stateOf(await filesOf(node, pattern), context.projectDir)
  const unchanged = kindOf(context, relation) === 'table' && context.ledger.get(relation)?.definition === definition
  if (unchanged && !context.fullRefresh)
    return { rows: await countRows(context, relation), tests: 0, notes: ['unchanged'] }
  const candidate = candidateOf(relation)
  try {
    await ensureSchema(warehouse, node.table.schema)
    await warehouse.loadFiles(candidate, pattern)
    await checkColumns(context, candidate, pattern)
    const rows = await countRows(context, candidate)
    await swapIn(context, {
      relation,
      entry: { kind: 'table', definition },
      changed: true,
      create: (tx) => tx.query(renameSql(context, 'table', candidate, relation)),
    })
    return { rows, tests: 0, notes: [] }
  } catch (error) {
    throw error instanceof SqlError ? unreadable(node, error) : error
  } finally {
    await dropCandidate(warehouse, candidate, 'table').catch(() => undefined)
  }
}

/** Where lines differ in length, a CSV file passes for one of a single column: its whole lines. */
async function checkColumns({ warehouse }: BuildContext, candidate: string, pattern: string): Promise<void> {
  const [only, ...more] = await warehouse.describe(candidate)
  const separator = /[,;\t|]/.exec(only?.name ?? '')?.[0]
  if (!only || more.length > 0 || separator === undefined) return
  const reader = await FileReader.open()
  await reader.checkCsv(pattern, only.name.split(separator), separator).finally(() => reader.close())
}

function checkOwner(context: BuildContext, node: SourceNode, relation: string): void {
  if (kindOf(context, relation) === undefined || context.ledger.has(relation)) return
  fail('AM3105', `The warehouse has a table \`${relation}\` already, so \`${node.file}\` is not loaded over it.`, {
    at: placeOf(node),
    hint: 'Give the source another name, or leave `file:` out to read the table that is there.',
  })
}

async function filesOf(node: SourceNode, pattern: string): Promise<readonly string[]> {
  if (/^\w+:\/\//.test(node.file)) {
    fail('AM3107', `The file of source \`${node.name}\` is an address; sources read files of this machine.`, {
      at: placeOf(node),
      hint: 'Download it into the project folder and name it from there.',
    })
  }
  const reader = await FileReader.open()
  const files = await reader.files(pattern).finally(() => reader.close())
  if (files.length > 0 && files.every((file) => statSync(file).size === 0)) {
    fail('AM3107', `\`${node.file}\` of source \`${node.name}\` is empty.`, {
      at: placeOf(node),
      hint: 'It needs at least a line with the names of its columns.',
    })
  }
  if (files.length > 0) return files
  return fail('AM3107', `There is no file \`${node.file}\` for source \`${node.name}\`.`, {
    at: placeOf(node),
    hint: similarFile(pattern) ?? 'Paths start at the project folder; the name may be a glob such as `data/*.csv`.',
  })
}

function similarFile(pattern: string): string | undefined {
  try {
    const near = nearest(basename(pattern), readdirSync(dirname(pattern)))
    return near === undefined ? undefined : `Did you mean \`${near}\`?`
  } catch {
    return undefined
  }
}

/** Names, sizes and times of files: while these stay, so does their content. */
function stateOf(files: readonly string[], dir: string): string {
  return files
    .map((file) => {
      const { size, mtimeMs } = statSync(file)
      return `${relative(dir, file)} ${size} ${mtimeMs}`
    })
    .join('\n')
}

async function countRows({ warehouse }: BuildContext, relation: string): Promise<number> {
  const { rows } = await warehouse.query(`SELECT count(*) FROM ${relationSql(warehouse.dialect, relation)}`)
  return Number(rows[0]?.[0])
}

function unreadable(node: SourceNode, error: SqlError): never {
  const { what, hint } = fileProblem(error)
  return fail('AM3107', `\`${node.file}\` of source \`${node.name}\` cannot be read: ${what}`, {
    at: placeOf(node),
    hint,
  })
}

const placeOf = ({ table }: SourceNode) => ({ file: table.source.file, line: table.source.line, column: 1 })
