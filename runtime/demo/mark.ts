import { EVENTS } from '../ingest/index.ts'
import type { Warehouse } from '../warehouse/index.ts'
import type { DemoEvent, DemoMark } from './generator.ts'

/** Events of a demo come from sources below this path. */
const IS_DEMO = "source LIKE '/demo/%'"

/** What people do with the dashboard itself is no data of theirs. */
const IS_OTHER = `NOT (${IS_DEMO}) AND type NOT LIKE 'dashboard.%'`

/** An event that says what the demo was made with, in an attribute that is kept with it. */
export const markEvent = (event: DemoEvent, mark: DemoMark) => ({ ...event, demo: JSON.stringify(mark) })

export interface DemoState {
  readonly mark: DemoMark
  /** When the newest event of the demo was received. */
  readonly newest: Date
}

/** What demo the warehouse has; none where it has events of anything else as well. */
export async function readDemoState(warehouse: Warehouse): Promise<DemoState | undefined> {
  if (await hasOtherEvents(warehouse)) return undefined
  const { rows } = await warehouse.query(
    `SELECT
       (SELECT max(attributes) FROM ${EVENTS} WHERE attributes LIKE '%"demo":%'),
       (SELECT CAST(max(received_at) AS varchar) FROM ${EVENTS} WHERE ${IS_DEMO})`,
  )
  const [attributes, newest] = rows[0] ?? []
  if (typeof attributes !== 'string' || typeof newest !== 'string') return undefined
  const { demo } = JSON.parse(attributes) as { readonly demo: string }
  return { mark: JSON.parse(demo) as DemoMark, newest: new Date(`${newest.replace(' ', 'T')}Z`) }
}

async function hasOtherEvents(warehouse: Warehouse): Promise<boolean> {
  const { rows } = await warehouse.query(`SELECT 1 FROM ${EVENTS} WHERE ${IS_OTHER} LIMIT 1`)
  return rows.length > 0
}
