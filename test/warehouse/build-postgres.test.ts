import { describe, expect, it } from 'vitest'
import { openWarehouse } from '../../runtime/warehouse/index.ts'
import { postgresDatabase } from '../support/postgres.ts'
import { buildModels, model, statuses } from './support/project.ts'

const url = await postgresDatabase()

describe.skipIf(url === null)('building on a Postgres that others use as well', () => {
  const open = (changes: Partial<URL> = {}) =>
    openWarehouse({ type: 'postgres', url: Object.assign(new URL(url ?? 'postgres://none'), changes).href })

  it('keeps views of others over what it replaces, and says so where that cannot be', async () => {
    const warehouse = await open()
    const orders = model('orders', 'select 1 as id, 2 as amount')
    await buildModels(warehouse, [orders])
    await warehouse.query(
      'CREATE VIEW report AS SELECT id FROM orders; CREATE VIEW report2 AS SELECT max(id) AS top FROM report',
    )
    expect(await buildModels(warehouse, [orders])).toMatchObject({ ok: true })
    expect((await warehouse.query('SELECT top FROM report2')).rows).toEqual([[1]])
    const { diagnostics } = await buildModels(warehouse, [model('orders', 'select 1 as order_id')])
    expect(diagnostics).toMatchObject([{ code: 'AM3110', message: expect.stringContaining('public.report') }])
    expect((await warehouse.query('SELECT top FROM report2')).rows).toEqual([[1]])
    await warehouse.close()
  })

  it('replaces tables that one view joins at the same time without a deadlock', async () => {
    const warehouse = await open()
    const leaves = ['l1', 'l2', 'l3', 'l4'].map((name) =>
      model(name, `select n from generate_series(1, 20000) as t (n)`),
    )
    const joined = model(
      'joined',
      'select count(*) as n from {{ref "l1"}} join {{ref "l2"}} using (n) join {{ref "l3"}} using (n) join {{ref "l4"}} using (n)',
      {
        materialized: 'view',
      },
    )
    await buildModels(warehouse, [...leaves, joined])
    for (let times = 0; times < 5; times++) {
      expect(await buildModels(warehouse, [...leaves, joined], { select: ['l1', 'l2', 'l3', 'l4'] })).toMatchObject({
        ok: true,
      })
    }
    expect((await warehouse.query('SELECT n FROM joined')).rows).toEqual([[20_000]])
    await warehouse.close()
  })

  it('gives up on a relation that a forgotten transaction holds, and keeps the old one', async () => {
    const [warehouse, other] = [await open(), await open()]
    await buildModels(warehouse, [model('held', 'select 1 as version')])
    const report = await other.transaction(async (tx) => {
      await tx.query('SELECT * FROM held')
      return buildModels(warehouse, [model('held', 'select 2 as version'), model('free', 'select 1 as a')], {
        lockTimeoutMs: 200,
      })
    })
    expect(statuses(report)).toEqual({ held: 'failed', free: 'built' })
    expect(report.diagnostics).toMatchObject([{ code: 'AM3112', hint: expect.stringContaining('pg_stat_activity') }])
    expect((await warehouse.query('SELECT version FROM held')).rows).toEqual([[1]])
    await warehouse.close()
    await other.close()
  })

  it('says which rights are missing', async () => {
    const admin = await open()
    await admin.query(`CREATE ROLE reader LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC;
      REVOKE CREATE ON DATABASE ${new URL(url ?? '').pathname.slice(1)} FROM PUBLIC`)
    const reader = await open({ username: 'reader' })
    expect((await reader.query('SELECT 1')).rows).toEqual([[1]])
    await expect(buildModels(reader, [model('m', 'select 1 as a')])).rejects.toMatchObject({
      diagnostics: [{ code: 'AM3012', hint: expect.stringContaining('GRANT') }],
    })
    await admin.query('GRANT ALL ON SCHEMA _metrics TO reader; GRANT ALL ON ALL TABLES IN SCHEMA _metrics TO reader')
    const { diagnostics } = await buildModels(reader, [model('m', 'select 1 as a')])
    expect(diagnostics).toMatchObject([{ code: 'AM3101', message: expect.stringContaining('permission denied') }])
    await reader.close()
    await admin.close()
  })

  it('waits for a build of another process', async () => {
    const [one, other] = [await open(), await open()]
    const slow = model('slow', 'select pg_sleep(0.3)::text as a')
    const reports = await Promise.all([one, other, one, other].map((warehouse) => buildModels(warehouse, [slow])))
    expect(reports.every(({ ok }) => ok)).toBe(true)
    await one.close()
    await other.close()
  })
})
