import { fail } from '../../diagnostics/index.ts'
import { detectFormat, FORMATS } from '../importers/index.ts'
import { openFile } from './open-file.ts'

const MOST_BYTES = 256 * 1024 * 1024
/** A document that is not told by its beginning is read as a whole to find out, unless it is larger. */
const MOST_TO_LOOK = 64 * 1024 * 1024

export const FILE_FORMATS = ['cloudevents', ...FORMATS] as const
export type FileFormat = (typeof FILE_FORMATS)[number]

/** What a file holds, by what it says; null for nothing that is known. */
export async function formatOf(path: string): Promise<FileFormat | null> {
  const { chunks, totalBytes } = await openFile(path)
  for await (const chunk of chunks) {
    const head = chunk.toString('utf8')
    // Not in a text, where quotes are escaped.
    if (/(?<!\\)"specversion"\s*:/.test(head)) return 'cloudevents'
    const isWhole = head.length >= totalBytes || totalBytes > MOST_TO_LOOK
    return detectFormat(head) ?? (isWhole ? null : detectFormat(await readDocument(path)))
  }
  return null
}

/** The text of a file, unpacked. */
export async function readDocument(path: string): Promise<string> {
  const { chunks } = await openFile(path)
  const parts: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > MOST_BYTES) {
      fail('AM7030', `${path} has more than 256 MiB, too much for this format.`, { hint: 'Split it into parts.' })
    }
    parts.push(chunk)
  }
  return Buffer.concat(parts).toString('utf8')
}
