import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runCli } from './support/run-cli.ts'
import { sampleProject } from './support/sample-project.ts'

const project = sampleProject()
const out = join(project.dir, 'reference')
afterAll(project.remove)

test('the reference has every metric, dimension and dashboard, and links that lead somewhere', async () => {
  const { code, stdout } = await runCli(['docs', '--out', out, '--project', project.dir, '--format', 'json'])
  const { ok, files } = JSON.parse(stdout) as { ok: boolean; files: readonly string[] }
  expect([code, ok]).toEqual([0, true])
  const pages = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
  expect(pages.sort()).toEqual([...files].sort())
  const texts = pages.map((page) => [page, readFileSync(join(out, page), 'utf8')] as const)
  const all = texts.map(([, text]) => text).join('\n')
  for (const name of ['revenue', 'order_count', 'paid_rate', 'status', 'team', 'Shop']) expect(all).toContain(name)
  const links = texts.flatMap(([page, text]) =>
    [...text.matchAll(/\]\(([^)#\s]+\.md)(?:#[^)]*)?\)/g)].map(([, link = '']) => [page, link] as const),
  )
  expect(links.length).toBeGreaterThan(5)
  expect(links.filter(([page, link]) => !existsSync(join(out, dirname(page), link)))).toEqual([])
})

test('the reference of a broken project tells what is wrong, and is written as far as it goes', async () => {
  project.write(
    'metrics/broken.yml',
    'version: 1\nmetrics:\n  - { name: lost, type: ratio, numerator: nowhere, denominator: revenue }\n',
  )
  const { code, stderr, stdout } = await runCli(['docs', '--out', out, '--project', project.dir])
  expect([code, `${stdout}${stderr}`.includes('metrics/broken.yml')]).toEqual([1, true])
  expect(readFileSync(join(out, 'README.md'), 'utf8')).toContain('sample')
})
