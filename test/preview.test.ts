import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli, startServing } from './support/run-cli.ts'
import { sampleProject } from './support/sample-project.ts'

let project: ReturnType<typeof sampleProject>
let server: Awaited<ReturnType<typeof startServing>>
let key: string
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.email=a@example.com', '-c', 'user.name=a', ...args], { cwd: project.dir })
const edit = (file: string, from: string, to: string) => {
  const path = join(project.dir, file)
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
}
const ask = async <T>(base: string, path: string, body?: unknown) => {
  const response = await fetch(base + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as T }
}

describe('a preview', () => {
  beforeAll(async () => {
    project = sampleProject({ '.gitignore': '*.duckdb*\n.metrics\n' })
    await runCli(['build', '--project', project.dir])
    key = (
      await runCli([
        'keys',
        'create',
        '--org',
        'x',
        '--role',
        'admin',
        '--scope',
        'query,admin',
        '--project',
        project.dir,
      ])
    ).stdout.trim()
    git('init', '-q', '-b', 'main')
    git('add', '-A')
    git('commit', '-qm', 'one')
    git('checkout', '-qb', 'double')
    edit('models/orders.sql', 'cast(amount as', 'cast(amount * 2 as')
    git('commit', '-qam', 'two')
    git('checkout', '-q', 'main')
    server = await startServing(['preview', 'double', '--port', '0', '--preview-port', '0', '--project', project.dir])
  }, 180_000)
  afterAll(async () => {
    await server?.stop()
    project?.remove()
  })

  test('answers both versions from one warehouse, and says what changed', async () => {
    const query = { metrics: ['revenue'] }
    type Rows = { rows: { revenue: number }[] }
    expect((await ask<Rows>(server.url, '/api/v1/query', query)).body.rows).toEqual([{ revenue: 35 }])
    expect((await ask<Rows>(server.preview, '/api/v1/query', query)).body.rows).toEqual([{ revenue: 70 }])
    type Info = { ref: string; side: string; changes: { node: string }[]; widgets: { why: string[] }[] }
    const { body } = await ask<Info>(server.preview, '/api/v1/preview')
    expect(body).toMatchObject({ ref: 'double', side: 'preview' })
    expect(body.changes.map(({ node }) => node)).toEqual(['relation:orders'])
    expect(body.widgets.flatMap(({ why }) => why).join()).toContain('model orders')
    expect((await ask<Info>(server.url, '/api/v1/preview')).body.side).toBe('main')
  })

  test('is for looking, and says so to whoever wants to build', async () => {
    expect((await ask(server.preview, '/api/v1/build', {})).status).toBe(409)
  })

  test('names the revisions there are, and the server that holds the warehouse', async () => {
    const held = await runCli(['preview', 'double', '--project', project.dir])
    expect(held.code).toBe(1)
    expect(held.stderr).toContain('stop that server first')
  })
})
