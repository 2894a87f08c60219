import { isUtf8 } from 'node:buffer'
import type { Code } from '../../diagnostics/index.ts'
import { Unreadable } from '../accept/item.ts'
import type { IngestLimits } from '../accept/limits.ts'
import { keepExactText } from './exact-text.ts'
import { countKeys, duplicateKey } from './keys.ts'
import { type Scanned, scanValue, skipSpace } from './scan.ts'

/** Parses one event, or says why it cannot be read. */
export function readEvent(bytes: Buffer, limits: IngestLimits, scanned = scanAll(bytes)): unknown {
  const refuse = (code: Code, reason: string) => unreadable(bytes, scanned, { code, reason }, limits)
  const { start, end, keys, depth, hasLongNumber } = scanned
  if (end - start > limits.eventBytes) return refuse('AM7006', `The event has ${end - start} bytes.`)
  if (depth > limits.depth) return refuse('AM7007', `The event is nested ${depth} levels deep.`)
  if (!isUtf8(bytes.subarray(start, end))) return refuse('AM7001', 'The event is not valid UTF-8.')
  const text = bytes.toString('utf8', start, end)
  try {
    const event: unknown = JSON.parse(text)
    if (hasLongNumber) keepExactText(event, text)
    if (countKeys(event) === keys) return event
    return refuse('AM7009', `The key ${JSON.stringify(duplicateKey(text))} occurs twice in an object.`)
  } catch (error) {
    return refuse('AM7001', `The event is not JSON: ${error instanceof Error ? error.message : error}`)
  }
}

/** The whole of `bytes`: what stands behind the value is for the parser to refuse. */
function scanAll(bytes: Buffer): Scanned {
  return { ...scanValue(bytes, skipSpace(bytes, 0, bytes.length), bytes.length), end: bytes.length }
}

function unreadable(bytes: Buffer, { start, end }: Scanned, rejection: Unreadable['rejection'], limits: IngestLimits) {
  const most = rejection.code === 'AM7006' ? limits.deadLetterBytes : limits.eventBytes
  const truncated = end - start > most
  return new Unreadable(rejection, bytes.toString('utf8', start, Math.min(end, start + most)), truncated)
}
