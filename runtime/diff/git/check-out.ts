import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { fail, suggest } from '../../diagnostics/index.ts'

const run = promisify(execFile)

export interface Checkout {
  /** Folder of the project as it was. */
  readonly dir: string
  readonly commit: string
  /** Deletes it. */
  remove(): Promise<void>
}

/** The project as it was at a branch, tag or commit, in a folder of its own: neither the work tree nor the index is touched. */
export async function checkOut(projectDir: string, ref: string): Promise<Checkout> {
  const root = await repositoryOf(projectDir)
  const commit = await commitOf(root, ref)
  const copy = await mkdtemp(join(tmpdir(), 'agent-metrics-ref-'))
  const remove = () => rm(copy, { recursive: true, force: true })
  try {
    const within = relative(root, projectDir)
    await extract(root, commit, within, copy, ref)
    const modules = join(root, 'node_modules')
    // Definitions in TypeScript may import packages of the project.
    if (existsSync(modules)) await symlink(modules, join(copy, 'node_modules'), 'dir').catch(() => undefined)
    return { dir: join(copy, within), commit, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function repositoryOf(dir: string): Promise<string> {
  try {
    const { stdout } = await run('git', ['-C', dir, 'rev-parse', '--show-toplevel'])
    return stdout.trim()
  } catch {
    return fail('AM6101', `${dir} is not in a git repository, so there is no earlier version to compare with.`, {
      hint: 'Run `git init` and commit the project once.',
    })
  }
}

async function commitOf(root: string, ref: string): Promise<string> {
  try {
    const { stdout } = await run('git', [
      '-C',
      root,
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${ref}^{commit}`,
    ])
    return stdout.trim()
  } catch {
    const { stdout } = await run('git', ['-C', root, 'for-each-ref', '--format=%(refname:short)'])
    const names = ['HEAD', ...stdout.split('\n').filter((name) => name !== '')]
    return fail('AM6102', `There is no revision \`${ref}\` in this repository.`, {
      hint: suggest(ref, names) ?? 'Name a branch, tag or commit; in a shallow clone fetch it first.',
    })
  }
}

const ARCHIVE_LIMIT = 1024 ** 3

async function extract(root: string, commit: string, within: string, target: string, ref: string): Promise<void> {
  try {
    const paths = within === '' ? [] : ['--', within]
    const { stdout } = await run('git', ['-C', root, 'archive', '--format=tar', commit, ...paths], {
      encoding: 'buffer',
      maxBuffer: ARCHIVE_LIMIT,
    })
    const tar = execFile('tar', ['-x', '-C', target])
    const done = new Promise<void>((resolve, reject) => {
      tar.once('error', reject)
      tar.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`tar ended with ${code}.`))))
    })
    tar.stdin?.end(stdout)
    await done
  } catch (error) {
    fail('AM6103', `The project cannot be read as it was at \`${ref}\`: ${String(error).split('\n')[0]}`, {
      hint: 'Was the folder of the project there already?',
    })
  }
}
