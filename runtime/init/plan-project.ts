import { statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { fail, UserError } from '../diagnostics/index.ts'
import { openWarehouse, type Warehouse } from '../warehouse/index.ts'
import { inferProject, type ProjectPlan } from './infer-project.ts'
import type { ColumnOf, FileProfile } from './profile/profile.ts'
import { readProfile } from './profile/read-profile.ts'

interface PlanOptions {
  readonly name: string
  /** Folder of the project to be. */
  readonly dir: string
  /** Data files, absolute or from `cwd`. */
  readonly from: readonly string[]
  readonly cwd?: string
  readonly today?: Date
  readonly onProgress?: (file: string) => void
}

/** Reads the files, infers a project over them and says what it left out. Writes nothing. */
export async function planProject(options: PlanOptions): Promise<ProjectPlan> {
  const { name, dir, from, cwd = process.cwd(), today = new Date(), onProgress } = options
  const warehouse = await openWarehouse({ type: 'duckdb', path: ':memory:' }, { fileAccess: true })
  try {
    const tables = new Map<FileProfile, string>()
    const notes: string[] = []
    for (const [index, file] of [...new Set(from.map((each) => resolve(cwd, each)))].entries()) {
      onProgress?.(file)
      const table = `file_${index + 1}`
      await load(warehouse, table, file)
      const profile = await readProfile(warehouse, table, toProjectPath(dir, file))
      if (profile.columns.length > 0) tables.set(profile, table)
      else notes.push(`\`${file}\` was left out: it has no columns that metrics could use.`)
    }
    if (tables.size === 0) fail('AM6021', 'None of the files has data.', { hint: notes.join(' ') })
    const overlap = (left: ColumnOf, right: ColumnOf) => measureOverlap(warehouse, tables, left, right)
    const plan = await inferProject({ name, files: [...tables.keys()], overlap, today })
    return { files: plan.files, notes: [...notes, ...plan.notes] }
  } finally {
    await warehouse.close()
  }
}

async function load(warehouse: Warehouse, table: string, file: string): Promise<void> {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats?.size === 0)
    fail('AM6020', `${file} is empty.`, { hint: 'Write at least a line with the names of its columns.' })
  try {
    await warehouse.query(`create table ${table} as ${warehouse.dialect.readFile(file)}`)
  } catch (error) {
    if (error instanceof UserError) throw error
    const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0]
    fail('AM6020', `${file} cannot be read: ${reason}`, {
      hint: 'CSV, TSV, Parquet, JSON and NDJSON files are read, by the ending of their name.',
    })
  }
}

async function measureOverlap(
  warehouse: Warehouse,
  tables: ReadonlyMap<FileProfile, string>,
  left: ColumnOf,
  right: ColumnOf,
): Promise<number> {
  const { rows } = await warehouse.query(
    `select avg(case when value in (select ${right.column.sql} from ${tables.get(right.file)}) then 1.0 else 0.0 end)
     from (select distinct ${left.column.sql} as value from ${tables.get(left.file)}) where value is not null`,
  )
  return Number(rows[0]?.[0] ?? 0)
}

const toProjectPath = (dir: string, file: string) => relative(resolve(dir), file).split(sep).join('/')
