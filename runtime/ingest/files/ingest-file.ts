import { fail } from '../../diagnostics/index.ts'
import { acceptPatiently } from '../accept/accept-patiently.ts'
import { type ItemResult, Unreadable } from '../accept/item.ts'
import type { Ingest } from '../ingest.ts'
import { readEvent } from '../json/read-event.ts'
import { openFile } from './open-file.ts'
import type { Piece } from './piece.ts'
import { type FileProgress, type FileRejection, type FileReport, type IngestFileOptions, MOST_NOTES } from './report.ts'
import { splitLines } from './split-lines.ts'
import { splitValues } from './split-values.ts'

const BATCH = 2000

/** Takes the events of a file: JSON (one, a list, or one after the other) or NDJSON, plain or gzip. */
export async function ingestFile(ingest: Ingest, path: string, options: IngestFileOptions = {}): Promise<FileReport> {
  const { chunks, totalBytes, bytesRead } = await openFile(path)
  const limit = ingest.limits.eventBytes + 1
  const pieces = /\.json(\.gz)?$/i.test(path) ? splitValues(chunks, limit) : splitLines(chunks, limit)
  const counts = { accepted: 0, duplicate: 0, rejected: 0 }
  const rejections: FileRejection[] = []
  const progress = (): FileProgress => ({
    bytesRead: bytesRead(),
    totalBytes,
    accepted: counts.accepted,
    duplicates: counts.duplicate,
    rejected: counts.rejected,
  })
  for await (const results of inFlight(batches(pieces), (batch) => send(ingest, path, batch, options.org))) {
    for (const { line, result } of results) {
      counts[result.status]++
      if (result.status !== 'rejected' || rejections.length === MOST_NOTES) continue
      const { id, code, reason } = result
      rejections.push({ line, code, reason, ...(id === undefined ? {} : { id }) })
    }
    options.onProgress?.(progress())
  }
  return { file: path, format: 'cloudevents', ...progress(), rejections, skipped: [], skippedCount: 0, known: 0 }
}

interface Sent {
  readonly line: number
  readonly result: ItemResult
}

async function send(ingest: Ingest, path: string, pieces: readonly Piece[], org: string | undefined): Promise<Sent[]> {
  const items = pieces.map((piece) => {
    const event = read(piece, ingest)
    return { event, org: org ?? orgOf(event) ?? fail('AM7026', `${path}:${piece.line} says no tenant.`, HINT) }
  })
  const lineOf = (position: number) => pieces[position]?.line ?? 0
  const origin = (position: number) => `${path}:${lineOf(position)}`
  const results = await acceptPatiently(ingest, items, { origin, backfill: true })
  return results.map((result) => ({ line: lineOf(result.position), result }))
}

const HINT = { hint: 'Name the tenant of all events with --org, or give each its attribute `orgid`.' }

function read({ bytes, size }: Piece, { limits }: Ingest): unknown {
  if (size <= limits.eventBytes) return readEvent(bytes, limits)
  const rejection = { code: 'AM7006', reason: `The event has ${size} bytes.` } as const
  return new Unreadable(rejection, bytes.toString('utf8', 0, limits.deadLetterBytes), true)
}

/** What cannot be read names no tenant either: it is kept under the empty name. */
function orgOf(event: unknown): string | undefined {
  if (event instanceof Unreadable) return ''
  const org = typeof event === 'object' && event !== null && 'orgid' in event ? event.orgid : undefined
  return typeof org === 'string' && org !== '' ? org : undefined
}

async function* batches(pieces: AsyncIterable<Piece>): AsyncGenerator<readonly Piece[]> {
  let batch: Piece[] = []
  for await (const piece of pieces) {
    if (batch.push(piece) < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Works on the next batches while the warehouse commits the ones before; answers in order. */
async function* inFlight<T, R>(items: AsyncIterable<T>, work: (item: T) => Promise<R>): AsyncGenerator<R> {
  const running: Promise<R>[] = []
  for await (const item of items) {
    const task = work(item)
    // It is awaited later; until then a failure must not count as unhandled.
    task.catch(() => undefined)
    if (running.push(task) > 3) yield (await running.shift()) as R
  }
  for (const task of running) yield await task
}
