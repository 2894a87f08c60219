export {
  type FileProgress,
  type FileRejection,
  type FileReport,
  type IngestFileOptions,
  ingestFile,
} from './ingest-file.ts'
