import { fail } from '../../diagnostics/index.ts'
import { acceptPatiently } from '../accept/accept-patiently.ts'
import { type Format, importDocument, type Place, withoutKnownSessions } from '../importers/index.ts'
import type { Ingest } from '../ingest.ts'
import { readDocument } from './read-document.ts'
import { type FileProgress, type FileRejection, type FileReport, type IngestFileOptions, MOST_NOTES } from './report.ts'

const BATCH = 2000

export interface ImportFileOptions extends IngestFileOptions {
  readonly place?: Place | undefined
}

/** Takes what a file of an agent or its vendor says, as events. */
export async function importFile(
  ingest: Ingest,
  path: string,
  format: Format,
  { org, place = {}, onProgress }: ImportFileOptions,
): Promise<FileReport> {
  if (org === undefined) fail('AM7026', `${path} says no tenant.`, { hint: 'Name the tenant of the files with --org.' })
  const document = await readDocument(path)
  const { events, skipped } = importDocument(format, document, place)
  const fresh = await withoutKnownSessions(ingest.warehouse, org, events)
  const counts = { accepted: 0, duplicate: 0, rejected: 0 }
  const rejections: FileRejection[] = []
  const progress = (share: number): FileProgress => ({
    bytesRead: Math.round(share * document.length),
    totalBytes: document.length,
    accepted: counts.accepted,
    duplicates: counts.duplicate,
    rejected: counts.rejected,
  })
  for (let from = 0; from < fresh.length; from += BATCH) {
    const items = fresh.slice(from, from + BATCH).map((event) => ({ org, event }))
    for (const result of await acceptPatiently(ingest, items, { origin: path })) {
      counts[result.status]++
      if (result.status !== 'rejected' || rejections.length === MOST_NOTES) continue
      rejections.push({ line: from + result.position + 1, code: result.code, reason: result.reason })
    }
    onProgress?.(progress(Math.min(1, (from + BATCH) / fresh.length)))
  }
  return {
    file: path,
    format,
    ...progress(1),
    rejections,
    skipped: skipped.slice(0, MOST_NOTES),
    skippedCount: skipped.length,
    known: events.length - fresh.length,
  }
}
