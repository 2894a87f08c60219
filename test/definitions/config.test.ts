import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadConfig, readConfig } from '../../runtime/config/index.ts'
import { UserError } from '../../runtime/diagnostics/index.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'config-'))
})
afterEach(() => rmSync(dir, { recursive: true }))
const write = (file: string, text: string) => writeFileSync(join(dir, file), text)

async function failure(path: string): Promise<UserError> {
  const error: unknown = await loadConfig(path, { env: {} }).catch((thrown: unknown) => thrown)
  if (!(error instanceof UserError)) throw error
  return error
}

describe('the configuration', () => {
  test('has defaults for everything but the name', async () => {
    write('metrics.config.yml', 'name: sales\n')
    expect(await loadConfig(dir)).toEqual({
      dir,
      file: 'metrics.config.yml',
      name: 'sales',
      warehouse: {
        type: 'duckdb',
        path: join(dir, 'warehouse.duckdb'),
        memoryLimit: null,
        threads: null,
        connections: 4,
      },
      tenancy: null,
      timezone: 'UTC',
      weekStart: 'monday',
      identity: null,
      store: { path: join(dir, '.metrics/store') },
      server: { port: 4000, host: '127.0.0.1', url: null },
      demo: null,
      ingest: {},
      mail: null,
      delivery: { allowInternal: [], attempts: 100 },
      pullRequests: null,
      retention: { events: { count: 13, unit: 'month' }, aggregates: { count: 3, unit: 'year' } },
    })
  })

  test('reads the environment anywhere in a text, and paths from its own folder', async () => {
    write(
      'metrics.config.ts',
      `import { defineConfig } from 'agent-metrics'
export default defineConfig({
  name: 'sales',
  warehouse: { type: 'duckdb', path: 'data/\${env:STAGE}.duckdb' },
  tenancy: { key: 'org_id' },
  demo: './demo/index.ts',
})
`,
    )
    const config = await loadConfig(dir, { env: { STAGE: 'test' } })
    expect(config.warehouse).toMatchObject({ path: join(dir, 'data/test.duckdb') })
    expect(config).toMatchObject({ tenancy: { key: 'org_id' }, demo: join(dir, 'demo/index.ts') })
  })

  test('may compute', async () => {
    write(
      'metrics.config.ts',
      "const name = ['a', 'b'].join('-')\nexport default { name, warehouse: { type: 'duckdb', path: ':memory:' } }\n",
    )
    expect(await loadConfig(dir)).toMatchObject({ name: 'a-b', warehouse: { path: ':memory:' } })
  })

  test('does without variables where nothing is going to be reached', async () => {
    write('metrics.config.yml', "name: sales\nwarehouse: { type: postgres, url: '${env:DATABASE_URL}' }\n")
    expect((await failure(dir)).diagnostics).toMatchObject([{ code: 'AM2006', at: { line: 2, column: 36 } }])
    const { warehouse } = await loadConfig(dir, { env: {}, requireEnv: false })
    expect(warehouse).toMatchObject({ type: 'postgres', url: '' })
  })

  test('keeps what is right beside what is wrong', async () => {
    write('metrics.config.yml', 'name: sales\ntimezone: Mars/Olympus\nweekStart: sunday\ntenancy: { kye: org_id }\n')
    const { config, diagnostics } = await readConfig(dir)
    expect(config).toMatchObject({ name: 'sales', timezone: 'UTC', weekStart: 'sunday', tenancy: null })
    expect(diagnostics.map(({ code }) => code).sort()).toEqual(['AM2003', 'AM2007'])
  })
})

describe('a folder that is not a project', () => {
  test('is told as such', async () => {
    expect((await failure(dir)).diagnostics).toMatchObject([
      { code: 'AM2001', hint: expect.stringContaining('metrics init') },
    ])
    expect((await failure(join(dir, 'nowhere'))).message).toContain('There is no folder')
  })

  test('but stands inside one is told where the project is', async () => {
    write('metrics.config.yml', 'name: sales\n')
    mkdirSync(join(dir, 'metrics'))
    expect((await failure(join(dir, 'metrics'))).diagnostics[0]?.hint).toContain(dir)
  })
})
