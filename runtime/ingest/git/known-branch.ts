import type { Warehouse } from '../../warehouse/index.ts'
import { EVENTS } from '../tables.ts'
import type { PullRequestChange } from './change.ts'
import { branchSubject, type Known } from './to-events.ts'

/** What the newest push with an agent's trace said of the branch of a pull request. */
export async function knownBranch(
  warehouse: Warehouse,
  org: string,
  provider: string,
  { repository, branch }: PullRequestChange,
): Promise<Known | null> {
  const { rows } = await warehouse.query(
    `SELECT data FROM ${EVENTS}
     WHERE type = 'agent.access.recorded' AND org_id = $1 AND source = $2 AND subject = $3
     ORDER BY time DESC LIMIT 1`,
    [org, `/git/${provider}`, branchSubject(repository, branch)],
  )
  if (rows[0] === undefined) return null
  const { agent, session_id: session } = JSON.parse(String(rows[0][0]))
  return { agent: String(agent), session: typeof session === 'string' ? session : null }
}

/** Whether a delivery was stored before; what is known of its branch may have changed since. */
export async function isStored(warehouse: Warehouse, org: string, provider: string, id: string): Promise<boolean> {
  const { rows } = await warehouse.query(
    `SELECT 1 FROM ${EVENTS} WHERE org_id = $1 AND source = $2 AND id = $3 LIMIT 1`,
    [org, `/git/${provider}`, id],
  )
  return rows.length > 0
}
