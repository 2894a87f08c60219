import type { EventForm } from '../json/read-events.ts'

const FORMS: Readonly<Record<string, EventForm>> = {
  'application/cloudevents+json': 'single',
  'application/cloudevents-batch+json': 'batch',
  'application/x-ndjson': 'lines',
  'application/ndjson': 'lines',
  'application/jsonl': 'lines',
  'application/x-jsonlines': 'lines',
  'application/json': 'any',
}

/** How a body holds its events, or undefined where the content type is none of ours. */
export function formOf(contentType: string | undefined): EventForm | undefined {
  const [essence = '', ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '')
  if (charset !== undefined && !['utf-8', 'utf8', 'us-ascii'].includes(charset)) return undefined
  return Object.hasOwn(FORMS, essence) ? FORMS[essence] : undefined
}

export const CONTENT_TYPES = Object.keys(FORMS)
