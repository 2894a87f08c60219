import { flatten } from './flatten.ts'
import { decodeRequest } from './protobuf.ts'
import type { Batch, Signal } from './record.ts'
import { Malformed } from './wire.ts'

/** The records of an export request in either encoding; Malformed where the body is none. */
export function readExport(signal: Signal, encoding: 'json' | 'protobuf', body: Buffer): Batch {
  return flatten(signal, encoding === 'protobuf' ? decodeRequest(signal, body) : parse(body))
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw new Malformed(`the body is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
