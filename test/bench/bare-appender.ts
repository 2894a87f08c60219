import { join } from 'node:path'
import { DuckDBInstance, DuckDBTimestampValue } from '@duckdb/node-api'

const ROWS_PER_COMMIT = 5000

/** Rows per second that the appender of DuckDB writes durably, with nothing before it. */
export async function appendBare(dir: string, rows: number, bytesOfData: number): Promise<number> {
  const instance = await DuckDBInstance.create(join(dir, 'bare.duckdb'))
  const connection = await instance.connect()
  await connection.run(
    `CREATE TABLE events (org_id varchar, source varchar, id varchar, type varchar, subject varchar, time timestamp,
     received_at timestamp, data varchar, attributes varchar, original_time timestamp, fingerprint bigint)`,
  )
  const data = JSON.stringify({ text: 'x'.repeat(Math.max(0, bytesOfData)) })
  const started = performance.now()
  for (let first = 0; first < rows; first += ROWS_PER_COMMIT) {
    await connection.run('BEGIN')
    const appender = await connection.createAppender('events')
    for (let row = first; row < first + ROWS_PER_COMMIT; row++) {
      const time = new DuckDBTimestampValue(BigInt(row) * 1000n)
      appender.appendVarchar('acme')
      appender.appendVarchar('/agents')
      appender.appendVarchar(`bench-${row}`)
      appender.appendVarchar('agent.session.step')
      appender.appendVarchar('ses-20260501-12')
      appender.appendTimestamp(time)
      appender.appendTimestamp(time)
      appender.appendVarchar(data)
      appender.appendNull()
      appender.appendNull()
      appender.appendBigInt(BigInt(row))
      appender.endRow()
    }
    appender.closeSync()
    await connection.run('COMMIT')
  }
  const seconds = (performance.now() - started) / 1000
  connection.closeSync()
  instance.closeSync()
  return Math.round(rows / seconds)
}
