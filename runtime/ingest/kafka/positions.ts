import type { Transaction, Warehouse } from '../../warehouse/index.ts'
import { OFFSETS } from '../tables.ts'

export interface PartitionId {
  readonly consumer: string
  readonly topic: string
  readonly partition: number
}

/** The offset of the next message, as the warehouse knows it; undefined for a partition that was never read. */
export async function readPosition(from: Pick<Warehouse, 'query'> | Transaction, id: PartitionId) {
  const { rows } = await from.query(
    `SELECT next_offset FROM ${OFFSETS} WHERE consumer = $1 AND topic = $2 AND part = $3`,
    [id.consumer, id.topic, id.partition],
  )
  return rows[0] === undefined ? undefined : Number(rows[0][0])
}

/** Moves the position within a transaction; false if somebody else has moved it meanwhile. */
export async function movePosition(
  tx: Transaction,
  id: PartitionId,
  expected: number | undefined,
  next: number,
): Promise<boolean> {
  if ((await readPosition(tx, id)) !== expected) return false
  const params = [id.consumer, id.topic, id.partition, next, new Date()]
  if (expected === undefined) {
    await tx.query(`INSERT INTO ${OFFSETS} VALUES ($1, $2, $3, $4, CAST($5 AS timestamp))`, params)
    return true
  }
  // Counts what it changed: in Postgres another process may move the row between the two statements.
  const { rows } = await tx.query(
    `UPDATE ${OFFSETS} SET next_offset = $4, updated_at = CAST($5 AS timestamp)
     WHERE consumer = $1 AND topic = $2 AND part = $3 AND next_offset = $6 RETURNING next_offset`,
    [...params, expected],
  )
  return rows.length === 1
}
