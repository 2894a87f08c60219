import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openWarehouse, type Warehouse, type WarehouseLocation } from '../../runtime/warehouse/index.ts'
import { postgresDatabase } from '../support/postgres.ts'
import { buildGeneration, ROWS } from './support/generations.ts'
import { temporaryFolder } from './support/temporary-folder.ts'

const KILLS = 5
const projectDir = temporaryFolder()
writeFileSync(join(projectDir, 'numbers.csv'), `n\n${Array.from({ length: 5_000 }, (_, n) => n).join('\n')}\n`)

const url = await postgresDatabase()
const locations: WarehouseLocation[] = [{ type: 'duckdb', path: join(projectDir, 'warehouse.duckdb') }]
if (url !== null) locations.push({ type: 'postgres', url })

describe.each(locations)('a build on $type that is killed', (location) => {
  it('leaves a warehouse that opens, serves the last good state and builds again', async () => {
    await withWarehouse(location, (warehouse) => buildGeneration(warehouse, 1, projectDir))
    for (let kill = 0; kill < KILLS; kill++) {
      await killDuringBuild(location, 50 + kill * 120)
      await withWarehouse(location, expectGoodState)
    }
    await withWarehouse(location, async (warehouse) => {
      expect(await buildGeneration(warehouse, 999, projectDir)).toMatchObject({ ok: true })
      expect(await stateOf(warehouse, 'copied')).toEqual([ROWS, 999, 999])
      expect((await warehouse.tables()).filter(({ name }) => name.startsWith('__'))).toEqual([])
    })
  })
})

async function withWarehouse<T>(location: WarehouseLocation, work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const warehouse = await openWarehouse(location)
  try {
    return await work(warehouse)
  } finally {
    await warehouse.close()
  }
}

async function killDuringBuild(location: WarehouseLocation, afterMs: number): Promise<void> {
  const script = fileURLToPath(new URL('./support/build-forever.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'jiti/register', script, JSON.stringify(location), projectDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  await Promise.race([once(child.stdout, 'data'), gone])
  await sleep(afterMs)
  expect(child.exitCode, 'The build must still run when it is killed.').toBeNull()
  child.kill('SIGKILL')
  await gone
}

async function expectGoodState(warehouse: Warehouse) {
  for (const relation of ['big', 'over', 'copied', 'kept']) {
    const [count, oldest, newest] = await stateOf(warehouse, relation)
    expect(count, relation).toBe(ROWS)
    expect(oldest, `${relation} mixes generations`).toBe(newest)
  }
  expect((await warehouse.query('SELECT n FROM loaded')).rows).toEqual([[5_000]])
  const versions = await warehouse.dataVersions()
  const [, generation] = await stateOf(warehouse, 'big')
  expect(versions.get('big')).toBeGreaterThanOrEqual(1)
  expect(generation).toBeGreaterThanOrEqual(1)
}

async function stateOf(warehouse: Warehouse, relation: string): Promise<readonly unknown[]> {
  const { rows } = await warehouse.query(`SELECT count(*), min(generation), max(generation) FROM ${relation}`)
  return rows[0] ?? []
}
