export { ingestFile } from './ingest-file.ts'
export { FILE_FORMATS, type FileFormat } from './read-document.ts'
export type { FileProgress, FileReport, IngestFileOptions } from './report.ts'
export { type TakeFilesOptions, takeFiles } from './take-files.ts'
