import { readRows } from './read-rows.ts'
import { isRow } from './value.ts'

export const FORMATS = ['claude-transcript', 'copilot-report', 'cursor-usage'] as const
export type Format = (typeof FORMATS)[number]

const KEYS = ['day_totals', 'user_totals', 'seats', 'data', 'usageEvents', 'usageEventsDisplay']

const SIGNS: Readonly<Record<Format, (row: Readonly<Record<string, unknown>>) => boolean>> = {
  'claude-transcript': (row) =>
    typeof row.type === 'string' && ('sessionId' in row || 'leafUuid' in row) && !('specversion' in row),
  'copilot-report': (row) =>
    'code_generation_activity_count' in row || ('assignee' in row && 'last_activity_at' in row),
  'cursor-usage': (row) =>
    ('timestamp' in row && 'userEmail' in row) || ('agentRequests' in row && 'composerRequests' in row),
}

/** The format of a file by what it says, not by its name; null for what is none of these, CloudEvents among them. */
export function detectFormat(document: string): Format | null {
  const head = document.split('\n', HEAD).join('\n')
  const items = readRows(isJson(document.split('\n', 1)[0] ?? '') ? head : document, KEYS).items.slice(0, HEAD)
  return FORMATS.find((format) => items.some(({ item }) => isRow(item) && SIGNS[format](item))) ?? null
}

/** Lines that are looked at; a document that spans lines is read as a whole. */
const HEAD = 20

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
