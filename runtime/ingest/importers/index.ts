import { importClaudeTranscript } from './claude-transcript/import-transcript.ts'
import type { Format } from './detect-format.ts'
import { importCopilotReport } from './import-copilot.ts'
import { importCursorUsage } from './import-cursor.ts'
import type { Imported, Place } from './imported.ts'

export { detectFormat, FORMATS, type Format } from './detect-format.ts'
export type { Imported, Place } from './imported.ts'
export { withoutKnownSessions } from './known-sessions.ts'

const importers: Readonly<Record<Format, (document: string, place?: Place) => Imported>> = {
  'claude-transcript': (document, place) => importClaudeTranscript(document.split('\n'), place),
  'copilot-report': importCopilotReport,
  'cursor-usage': importCursorUsage,
}

/** Events of a document in one of the formats. */
export function importDocument(format: Format, document: string, place: Place = {}): Imported {
  return importers[format](document, place)
}
