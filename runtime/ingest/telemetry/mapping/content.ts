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
  const used = usedPaths(mapping, emissions)
  const left: Record<string, unknown> = {}
  let count = 0
  for (const [name, value] of Object.entries(record.attributes)) {
    if (used.has(name) || value === null || typeof value === 'object') continue
    if (typeof value === 'string' && (value.length > MAX_LENGTH || TELLING.test(name))) continue
    if (name === '__proto__' || count >= MAX_ATTRIBUTES) continue
    left[name] = value
    count += 1
  }
  return left
}

const used = new WeakMap<readonly Emission[], ReadonlySet<Path>>()

function usedPaths(mapping: AgentMapping, emissions: readonly Emission[]): ReadonlySet<Path> {
  const known = used.get(emissions)
  if (known) return known
  const paths = new Set([
    ...KNOWN,
    ...mapping.session,
    ...fieldPaths(mapping.common),
    ...fieldPaths(mapping.started),
    ...Object.values(mapping.content).flat(),
    ...emissions.flatMap(({ fields, where }) => [...fieldPaths(fields), ...Object.keys(where ?? {})]),
  ])
  used.set(emissions, paths)
  return paths
}

function fieldPaths(fields: Fields): Path[] {
  return Object.values(fields)
    .flatMap(alternatives)
    .flatMap(({ from = [] }) => from)
    .map((path) => path.split('#')[0] ?? path)
}
