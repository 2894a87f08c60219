export {
  type FileProgress,
  type FileReport,
  type IngestFileOptions,
  ingestFile,
} from './ingest-file.ts'
