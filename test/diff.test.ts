import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { isError } from '../runtime/diagnostics/index.ts'
import { checkOut, diffManifests, diffMarkdown } from '../runtime/diff/index.ts'
import { checkProject } from '../runtime/project/index.ts'
import { planRename } from '../runtime/rename/index.ts'
import { runCli } from './support/run-cli.ts'

const TEST = import.meta.dirname
const temp = mkdtempSync(join(tmpdir(), 'metrics-diff-'))
afterAll(() => rmSync(temp, { recursive: true, force: true }))

interface RecordedChange {
  readonly name: string
  readonly edits?: readonly { readonly file: string; readonly replace: string; readonly with: string }[]
  readonly rename?: { readonly kind: 'metric' | 'dimension' | 'model'; readonly from: string; readonly to: string }
  readonly move?: { readonly from: string; readonly to: string }
}
const CHANGES = parse(readFileSync(join(TEST, 'input/diff/changes.yml'), 'utf8')) as readonly RecordedChange[]

const git = (dir: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.org', ...args], {
    cwd: dir,
    encoding: 'utf8',
  })

/** The project in a repository of its own, in a folder below its root, with one commit. */
function repository(name: string): string {
  const dir = join(temp, name.replaceAll(' ', '-'), 'analytics')
  cpSync(join(TEST, 'input/compile-good-company'), dir, { recursive: true })
  git(dir, 'init', '-q')
  git(dir, 'add', '-A')
  git(dir, 'commit', '-qm', 'as it was')
  return dir
}

async function make(dir: string, { edits = [], rename, move }: RecordedChange): Promise<void> {
  for (const { file, replace, with: by } of edits) {
    const text = readFileSync(join(dir, file), 'utf8')
    expect(text, `${file} has what is replaced`).toContain(replace)
    writeFileSync(
      join(dir, file),
      text.replace(replace, () => by),
    )
  }
  if (rename !== undefined) {
    for (const { file, after } of await planRename(dir, rename.kind, rename.from, rename.to))
      writeFileSync(join(dir, file), after)
  }
  if (move !== undefined) {
    mkdirSync(dirname(join(dir, move.to)), { recursive: true })
    renameSync(join(dir, move.from), join(dir, move.to))
  }
}

async function diffOf(dir: string) {
  const { dir: before, remove } = await checkOut(dir, 'HEAD')
  const [old, now] = [await checkProject(before), await checkProject(dir)]
  await remove()
  expect(now.diagnostics.filter(isError)).toEqual([])
  return diffManifests(old.manifest, now.manifest)
}

test.each(CHANGES)('a change is told by what it means: $name', async (change) => {
  const dir = repository(change.name)
  await make(dir, change)
  const changes = await diffOf(dir)
  const file = join(TEST, 'output/diff', `${change.name.toLowerCase().replaceAll(' ', '-')}.md`)
  await expect(diffMarkdown(changes, { from: 'before', to: 'after' })).toMatchFileSnapshot(file)
})

test.each(['format only', 'comment only', 'SQL reformatted', 'file moved'])('%s is no difference', async (name) => {
  const dir = repository(`again ${name}`)
  await make(dir, CHANGES.find((change) => change.name === name) ?? { name })
  expect(git(dir, 'status', '--short')).not.toBe('')
  expect(await diffOf(dir)).toEqual([])
})

test.each([
  ['access widened by showing a dimension', 'access'],
  ['access widened by dropping a row rule', 'access'],
  ['filter of a metric changed', 'breaking'],
  ['metric renamed', 'breaking'],
  ['unit changed', 'breaking'],
  ['type of a dimension changed', 'breaking'],
  ['access narrowed', 'values'],
  ['SQL of a model changed', 'values'],
  ['label and description changed', 'cosmetic'],
  ['metric added', 'addition'],
] as const)('%s: the gravest effect is %s', async (name, effect) => {
  const dir = repository(`grave ${name}`)
  await make(dir, CHANGES.find((change) => change.name === name) ?? { name })
  const [first] = await diffOf(dir)
  expect(first?.effect).toBe(effect)
})

test('the command compares two revisions, refuses what breaks, and knows no revision that is not there', async () => {
  const dir = repository('command')
  await make(dir, CHANGES.find(({ name }) => name === 'filter of a metric changed') ?? { name: '' })
  git(dir, 'commit', '-qam', 'count more')
  const between = await runCli(['diff', 'HEAD~1', '--to', 'HEAD', '--format', 'json', '--project', dir])
  expect(JSON.parse(between.stdout)).toMatchObject({
    ok: true,
    changes: [{ node: 'metric:paid_orders', effect: 'breaking' }],
  })
  expect((await runCli(['diff', '--project', dir])).stdout.trim()).toBe('No difference in meaning.')
  const refused = await runCli(['diff', 'HEAD~1', '--fail-on', 'breaking', '--format', 'markdown', '--project', dir])
  expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining('paid_orders') })
  expect(await runCli(['diff', 'nowhere', '--project', dir])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('AM6102'),
  })
  expect(await runCli(['diff', '--fail-on', 'all', '--project', dir])).toMatchObject({ code: 2 })
}, 180_000)
