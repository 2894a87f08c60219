import type { Place } from '../importers/index.ts'
import type { Ingest } from '../ingest.ts'
import { findFiles } from './find-files.ts'
import { importFile } from './import-file.ts'
import { ingestFile } from './ingest-file.ts'
import { type FileFormat, formatOf } from './read-document.ts'
import type { FileProgress, FileReport } from './report.ts'

export interface TakeFilesOptions {
  readonly org?: string | undefined
  /** Told by what the files say where it is left out. */
  readonly as?: FileFormat | undefined
  /** Who and where, for formats that do not say. */
  readonly place?: Place | undefined
  readonly onProgress?: ((progress: FileProgress & { readonly file: string }) => void) | undefined
}

/** Takes files, those of folders and those that fit patterns, in any format that is known. */
export async function takeFiles(
  ingest: Ingest,
  names: readonly string[],
  { org, as, place, onProgress }: TakeFilesOptions = {},
): Promise<readonly FileReport[]> {
  const reports: FileReport[] = []
  for (const { path, isNamed } of findFiles(names)) {
    // What somebody names by itself shall be taken: then it is told what is wrong in it.
    const format = as ?? (await formatOf(path)) ?? (isNamed ? 'cloudevents' : null)
    const options = { org, place, onProgress: (progress: FileProgress) => onProgress?.({ file: path, ...progress }) }
    if (format === null) reports.push(leftAlone(path))
    else if (format === 'cloudevents') reports.push(await ingestFile(ingest, path, options))
    else reports.push(await importFile(ingest, path, format, options))
  }
  return reports
}

function leftAlone(file: string): FileReport {
  const counts = { bytesRead: 0, totalBytes: 0, accepted: 0, duplicates: 0, rejected: 0, known: 0 }
  const skipped = [{ line: 1, reason: 'holds no events in a format that is known' }]
  return { file, format: null, ...counts, rejections: [], skipped, skippedCount: 1 }
}
