import type { Warehouse } from '../../warehouse/index.ts'
import { DEAD_LETTERS } from '../tables.ts'

export interface DeadLetter {
  readonly letterId: string
  readonly org: string
  readonly source: string | null
  readonly id: string | null
  readonly type: string | null
  readonly code: string
  readonly reason: string
  /** The event as text, or its beginning. */
  readonly payload: string
  /** True where only the beginning was kept: it cannot be replayed. */
  readonly truncated: boolean
  /** Where it came from: `http`, a file and line, or a topic with partition and offset. */
  readonly origin: string
  readonly receivedAt: string
  readonly attempts: number
  readonly replayedAt: string | null
}

export interface DeadLetterFilter {
  readonly org?: string | undefined
  readonly code?: string | undefined
  readonly ids?: readonly string[] | undefined
  /** Those that were replayed with success as well. */
  readonly withReplayed?: boolean | undefined
}

export interface Page {
  readonly limit?: number
  /** The last letter of the page before. */
  readonly after?: Pick<DeadLetter, 'receivedAt' | 'letterId'> | undefined
}

/** What was refused, the oldest first. */
export async function listDeadLetters(
  warehouse: Warehouse,
  filter: DeadLetterFilter = {},
  { limit = 100, after }: Page = {},
): Promise<readonly DeadLetter[]> {
  const params: unknown[] = []
  const bind = (value: unknown) => `$${params.push(value)}`
  const conditions = [...conditionsOf(filter, bind), ...(after ? [isAfter(after, bind)] : [])]
  const { rows } = await warehouse.query(
    `SELECT letter_id, org_id, source, id, type, code, reason, payload, truncated, origin, received_at, attempts, replayed_at
     FROM ${DEAD_LETTERS} WHERE ${['true', ...conditions].join(' AND ')}
     ORDER BY received_at, letter_id LIMIT ${Math.trunc(limit)}`,
    params,
  )
  return rows.map(toLetter)
}

function conditionsOf({ org, code, ids, withReplayed }: DeadLetterFilter, bind: (value: unknown) => string): string[] {
  return [
    ...(org === undefined ? [] : [`org_id = ${bind(org)}`]),
    ...(code === undefined ? [] : [`code = ${bind(code)}`]),
    ...(ids === undefined ? [] : [ids.length === 0 ? 'false' : `letter_id IN (${ids.map(bind).join(', ')})`]),
    ...(withReplayed ? [] : ['replayed_at IS NULL']),
  ]
}

function isAfter(
  { receivedAt, letterId }: Pick<DeadLetter, 'receivedAt' | 'letterId'>,
  bind: (value: unknown) => string,
) {
  const time = `CAST(${bind(receivedAt.replace(/Z$/, ''))} AS timestamp)`
  return `(received_at > ${time} OR (received_at = ${time} AND letter_id > ${bind(letterId)}))`
}

function toLetter(row: readonly unknown[]): DeadLetter {
  const [letterId, org, source, id, type, code, reason, payload, truncated, origin, receivedAt, attempts, replayedAt] =
    row
  const maybe = (value: unknown) => (value === null ? null : String(value))
  return {
    letterId: String(letterId),
    org: String(org),
    source: maybe(source),
    id: maybe(id),
    type: maybe(type),
    code: String(code),
    reason: String(reason),
    payload: String(payload),
    truncated: truncated === true,
    origin: String(origin),
    receivedAt: String(receivedAt),
    attempts: Number(attempts),
    replayedAt: maybe(replayedAt),
  }
}
