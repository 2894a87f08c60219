import { expect, test } from 'vitest'
import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import { caller, companyEngines, companyManifest, openCompany } from './company/company.ts'

/** Ranges of whole days and of parts of them, around changes of the clock, and on leap days. */
const RANGES = [
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
