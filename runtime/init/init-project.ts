import { existsSync, readdirSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fail } from '../diagnostics/index.ts'
import { emptyProject } from './empty-project.ts'
import { planProject } from './plan-project.ts'
import { schemaFiles, withSchema } from './write/schemas.ts'

interface InitOptions {
  readonly dir: string
  /** Data files to start from; an example without them. */
  readonly from?: readonly string[]
  /** That of the folder by default. */
  readonly name?: string
  readonly onProgress?: (file: string) => void
}

export interface InitializedProject {
  /** What was written, from the project folder. */
  readonly files: readonly string[]
  /** What was left out or is worth a look, in sentences. */
  readonly notes: readonly string[]
}

/** Writes a new project; what is there already stays, and a project is never overwritten. */
export async function initProject(options: InitOptions): Promise<InitializedProject> {
  const dir = resolve(options.dir)
  const name = options.name ?? basename(dir)
  refuseIfUsed(dir)
  const { from = [], onProgress } = options
  const plan =
    from.length === 0
      ? emptyProject({ name, today: new Date() })
      : await planProject({ name, dir, from, ...(onProgress ? { onProgress } : {}) })
  const files = Object.keys(plan.files)
  const taken = files.filter((file) => existsSync(join(dir, file)) && !MAY_STAY.has(file))
  if (taken.length > 0) {
    fail('AM6010', `${join(dir, taken[0] ?? '')} exists already.`, { hint: 'Choose an empty folder.' })
  }
  const written = files.filter((file) => !existsSync(join(dir, file)))
  for (const file of written) {
    await mkdir(dirname(join(dir, file)), { recursive: true })
    await writeFile(join(dir, file), withSchema(file, plan.files[file] ?? ''))
  }
  for (const [file, content] of Object.entries(schemaFiles())) {
    await mkdir(dirname(join(dir, file)), { recursive: true })
    await writeFile(join(dir, file), content)
  }
  return { files: written, notes: plan.notes }
}

/** Files that a folder may have before it becomes a project; they stay as they are. */
const MAY_STAY: ReadonlySet<string> = new Set(['README.md', 'AGENTS.md', '.gitignore'])

function refuseIfUsed(dir: string): void {
  const found = existsSync(dir) ? readdirSync(dir).find((name) => /^metrics\.config\./.test(name)) : undefined
  if (found !== undefined) {
    fail('AM6010', `${join(dir, found)} exists already: there is a project in this folder.`, {
      hint: 'Choose another folder.',
    })
  }
}
