import { expect, test } from 'vitest'
import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import type { CompiledSql } from '../../runtime/semantic/cube/compiler.ts'
import type { CubeRequest } from '../../runtime/semantic/cube/cube-request.ts'
import { instantParam } from '../../runtime/semantic/cube/sql/dialect.ts'
import { reuseSql } from '../../runtime/semantic/cube/sql-templates.ts'
import { caller, companyEngines, companyManifest, openCompany } from './company/company.ts'

/** Ranges of whole days and of parts of them, around changes of the clock, and on leap days. */
const RANGES = [
  // As presets do, these end on the same day, which proves nothing of statements that have it in them.
  ['2024-03-05', '2024-03-30'],
  ['2024-03-20', '2024-03-30'],
  ['2024-03-20', '2024-04-02'],
  ['2024-03-01', '2024-03-31'],
  ['2024-03-02', '2024-04-01'],
  ['2024-03-30', '2024-03-31'],
  ['2024-03-31', '2024-03-31'],
  ['2024-10-26', '2024-10-27'],
  ['2024-10-27T01:30:00', '2024-10-27T02:30:00'],
  ['2024-03-31T01:30:00', '2024-03-31T03:30:00'],
  ['2024-01-01', '2024-12-31'],
  ['2024-02-29', '2024-03-15T12:00:00'],
] as const
const SHAPES: readonly QueryDefinition[] = [{}, { grain: 'day' }, { grain: 'week', by: ['shops.name'] }]

test.each(['UTC', 'Europe/Berlin'])(
  'statements for another range are those that would be written anew, in %s',
  async (timezone) => {
    const [engine] = await companyEngines()
    if (engine === undefined) throw new Error('no engine')
    const layer = await openCompany(engine)
    await layer.refresh()
    const { metrics } = await companyManifest(engine.name)
    const sqlOf = (query: QueryDefinition, name: string) =>
      layer.sql({ ...query, where: `{shops.name} != '${name}'` }, caller('acme')).catch(String)
    let count = 0
    for (const { name } of metrics) {
      for (const shape of SHAPES) {
        for (const [from, to] of RANGES) {
          const query = { ...shape, metrics: [name], from, to, timezone }
          // A value of its own makes it another question, of which no statement is known.
          const anew = JSON.stringify(await sqlOf(query, `new${count++}`)).replace(/new\d+/g, 'same')
          expect(JSON.stringify(await sqlOf(query, 'same')), JSON.stringify(query)).toBe(anew)
        }
      }
    }
  },
  60_000,
)

test.each([
  [
    0,
    [
      ['03-01', '03-31'],
      ['03-01', '03-30'],
      ['03-02', '03-30'],
    ],
  ],
  [
    1,
    [
      ['03-01', '03-31'],
      ['03-02', '03-31'],
      ['03-02', '03-30'],
    ],
  ],
] as const)('ranges that share an end prove nothing of it: %i', async (end, ranges) => {
  const compile = async ({ timeDimensions: [time] }: CubeRequest): Promise<CompiledSql> => {
    const [from = '', to = ''] = time?.dateRange ?? []
    const params = [instantParam(`${from}000`, 'UTC'), instantParam(`${to}999`, 'UTC')].filter((_, at) => at !== end)
    return { sql: `SELECT '${end === 0 ? from : to}', $1`, params, rollup: null, aliasNameToMember: {} }
  }
  const reusing = reuseSql(compile)
  for (const [from, to] of ranges) {
    const dateRange = [`2024-${from}T00:00:00.000`, `2024-${to}T23:59:59.999`] as const
    const request: CubeRequest = {
      ...{ measures: ['m'], dimensions: [], filters: [], order: [], limit: null, rowLimit: null, timezone: 'UTC' },
      timeDimensions: [{ dimension: 'd', dateRange }],
    }
    expect(await reusing(request, {})).toEqual(await compile(request))
  }
})
