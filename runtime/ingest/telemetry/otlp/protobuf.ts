import protobuf from 'protobufjs/light.js'
import { descriptor } from './descriptor.ts'
import type { Signal } from './record.ts'
import { Malformed } from './wire.ts'

const root = protobuf.Root.fromJSON(descriptor)
const names = { logs: 'Logs', metrics: 'Metrics', traces: 'Traces' } as const

export function decodeRequest(signal: Signal, body: Uint8Array): unknown {
  try {
    return root.lookupType(`${names[signal]}Request`).decode(body)
  } catch (error) {
    throw new Malformed(`the body is not an OTLP ${signal} request: ${messageOf(error)}`)
  }
}

export function encodeAnswer(signal: Signal, answer: object): Buffer {
  return encode(`${names[signal]}Answer`, answer)
}

export function encodeStatus(status: { readonly code: number; readonly message: string }): Buffer {
  return encode('Status', status)
}

function encode(type: string, value: object): Buffer {
  const message = root.lookupType(type)
  return Buffer.from(message.encode(message.fromObject(value)).finish())
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
