import { describe, expect, it } from 'vitest'
import { duckDbError } from '../../runtime/warehouse/duckdb/sql-error.ts'

describe('an error of DuckDB', () => {
  it.each([
    [
      '{"exception_type":"FATAL","exception_message":"Failed: database has been invalidated because of a previous fatal error."}',
    ],
    [
      'FATAL Error: Failed: database has been invalidated because of a previous fatal error. The database must be restarted',
    ],
    ['INTERNAL Error: Attempted to access it: the database has been invalidated'],
  ])('is fatal when nothing can work any more: %s', (message) => {
    expect(duckDbError(new Error(message), 'SELECT 1')).toMatchObject({ name: 'SqlError', kind: 'fatal' })
  })

  it('counts characters where DuckDB counts bytes', () => {
    const sql = `SELECT '€ü😀', x`
    const position = Buffer.byteLength(sql.slice(0, sql.indexOf('x')))
    const message = JSON.stringify({ exception_type: 'Binder', exception_message: 'no x', position: String(position) })
    expect(duckDbError(new Error(message), sql)).toMatchObject({ kind: 'missing', offset: sql.indexOf('x') })
  })

  it('leaves out the drawing of the place, which those who show it do themselves', () => {
    const text = 'Parser Error: syntax error at or near "x"\n\nLINE 1: SELEC x\n              ^'
    expect(duckDbError(new Error(text), 'SELEC x')).toMatchObject({
      message: 'syntax error at or near "x"',
      hint: undefined,
    })
  })
})
