import type { IncomingHttpHeaders } from 'node:http'
import { Unreadable } from '../accept/item.ts'
import type { IngestLimits } from '../accept/limits.ts'
import { readEvent } from '../json/read-event.ts'

/** Binary mode of CloudEvents: attributes are headers, the body is the data. */
export const isBinaryMode = (headers: IncomingHttpHeaders) => headers['ce-specversion'] !== undefined

/** The event that headers and body make up. */
export function readBinaryMode(headers: IncomingHttpHeaders, body: Buffer, limits: IngestLimits): unknown {
  const data = readEvent(body, limits)
  if (data instanceof Unreadable) return data
  const attributes = Object.entries(headers)
    .filter(([name]) => name.startsWith('ce-'))
    .map(([name, value]) => [name.slice(3), decode(String(value))])
  return { ...Object.fromEntries(attributes), datacontenttype: headers['content-type'], data }
}

/** Values are percent-encoded UTF-8; what is not stays as it is, since senders forget it. */
function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
