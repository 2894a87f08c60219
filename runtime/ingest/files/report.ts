import type { ItemResult } from '../accept/item.ts'
import type { FileFormat } from './read-document.ts'

export interface IngestFileOptions {
  /** Tenant of the events; without it each event says so in its attribute `orgid`. */
  readonly org?: string | undefined
  readonly onProgress?: (progress: FileProgress) => void
}

export interface FileProgress {
  readonly bytesRead: number
  readonly totalBytes: number
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: number
}

export interface FileReport extends FileProgress {
  readonly file: string
  /** Null where it holds nothing that is known, and was left alone. */
  readonly format: FileFormat | null
  /** The first ones; all of them are among the dead letters. */
  readonly rejections: readonly FileRejection[]
  /** The first parts that say nothing that counts, and how many there are. */
  readonly skipped: readonly { readonly line: number; readonly reason: string }[]
  readonly skippedCount: number
  /** Events of sessions that their agents told of themselves, by telemetry. */
  readonly known: number
}

/** The line of a file of CloudEvents; the number of the event in other formats. */
export type FileRejection = { readonly line: number } & Pick<
  Extract<ItemResult, { status: 'rejected' }>,
  'id' | 'code' | 'reason'
>

export const MOST_NOTES = 100
