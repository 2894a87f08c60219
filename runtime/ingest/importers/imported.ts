import { createHash } from 'node:crypto'

/** What a file says in canonical events, and which of its parts say nothing. */
export interface Imported {
  readonly events: readonly ImportedEvent[]
  readonly skipped: readonly Skipped[]
}

export interface ImportedEvent {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject?: string
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly data: Readonly<Record<string, unknown>>
}

/** A line of JSONL or a row of a list, from 1. */
export interface Skipped {
  readonly line: number
  readonly reason: string
}

/** Who and where, for formats that do not say. */
export type Place = Readonly<
  Partial<Record<'user_id' | 'user_email' | 'team_id' | 'project_id' | 'repository_id', string>>
>

export function importedEvent(
  source: string,
  type: string,
  subject: string | null,
  time: string,
  data: ImportedEvent['data'],
  identity: readonly (string | number)[],
): ImportedEvent {
  return {
    specversion: '1.0',
    id: digest([type, ...identity]),
    source: `/import/${source}`,
    type,
    ...(subject === null ? {} : { subject }),
    time,
    datacontenttype: 'application/json',
    data,
  }
}

function digest(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}
