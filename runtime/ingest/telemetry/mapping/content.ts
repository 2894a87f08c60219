import type { TelemetryRecord } from '../otlp/index.ts'
import type { AgentMapping, ContentKind, Emission, Fields, Path } from './mapping.ts'
import { alternatives, readPath } from './read-field.ts'

const MAX_LENGTH = 256
const MAX_ATTRIBUTES = 64
/** Names under which text may hold what people, tools or secrets say; numbers of such names are lengths and counts. */
const TELLING =
  /prompt|message|content|argument|args|input|output|body|text|instruction|command|param|result|diff|path|cwd|secret|token|key|password|url|definition/i
/** Said by the envelope already. */
const KNOWN = new Set(['event.name', 'event.timestamp', 'event.sequence'])
const REDACTED = new Set(['<REDACTED>', '[REDACTED]', ''])

/** What people and tools wrote, of the kinds that the settings keep. */
export function keptContent(
  record: TelemetryRecord,
  mapping: AgentMapping,
  keep: ReadonlySet<ContentKind>,
): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const kind of keep) {
    for (const path of mapping.content[kind] ?? []) {
      const value = readPath(record, path)
      if (value !== undefined && value !== null && !REDACTED.has(String(value))) kept[path] = value
    }
  }
  return kept
}

/** Short attributes no field speaks of are kept, so that tomorrow's question finds them. */
export function leftovers(
  record: TelemetryRecord,
  mapping: AgentMapping,
  emissions: readonly Emission[],
): Record<string, unknown> {
  const used = new Set([...pathsOf(mapping, emissions), ...KNOWN])
  const left: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(record.attributes)) {
    if (used.has(name) || value === null || typeof value === 'object') continue
    if (typeof value === 'string' && (value.length > MAX_LENGTH || TELLING.test(name))) continue
    if (Object.keys(left).length < MAX_ATTRIBUTES && name !== '__proto__') left[name] = value
  }
  return left
}

const paths = new WeakMap<object, readonly Path[]>()

function pathsOf(mapping: AgentMapping, emissions: readonly Emission[]): Path[] {
  const always = remember(mapping, () => [
    ...mapping.session,
    ...fieldPaths(mapping.common),
    ...fieldPaths(mapping.started),
    ...Object.values(mapping.content).flat(),
  ])
  return [
    ...always,
    ...emissions.flatMap((emission) =>
      remember(emission, () => [...fieldPaths(emission.fields), ...Object.keys(emission.where ?? {})]),
    ),
  ]
}

function remember(key: object, make: () => readonly Path[]): readonly Path[] {
  const known = paths.get(key) ?? make()
  paths.set(key, known)
  return known
}

function fieldPaths(fields: Fields): Path[] {
  return Object.values(fields)
    .flatMap(alternatives)
    .flatMap(({ from = [] }) => from)
    .map((path) => path.split('#')[0] ?? path)
}
