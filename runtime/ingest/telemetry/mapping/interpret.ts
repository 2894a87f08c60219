import type { TelemetryRecord } from '../otlp/index.ts'
import { keptContent, leftovers } from './content.ts'
import type { Counted, Draft, Reading } from './draft.ts'
import { fits, indexRules, recognises } from './fits.ts'
import { digest, recordId } from './identity.ts'
import type { AgentMapping, ContentKind, Emission, Fields, Scalar } from './mapping.ts'
import { firstValue, readField } from './read-field.ts'

export type Interpreter = (record: TelemetryRecord) => Reading | null

/** Reads records by the first mapping that recognises them; null where none does. */
export function createInterpreter(mappings: readonly AgentMapping[], keep: ReadonlySet<ContentKind>): Interpreter {
  const readers = mappings.map((mapping) => ({ mapping, emissionsOf: emissionsBy(mapping) }))
  return (record) => {
    const found = readers.find(({ mapping }) => recognises(mapping, record))
    if (found === undefined) return null
    const plain = withoutPrefix(record, found.mapping.prefix)
    return read(plain, found.mapping, found.emissionsOf(plain), keep)
  }
}

function emissionsBy(mapping: AgentMapping): (record: TelemetryRecord) => readonly Emission[] {
  const ruleFor = indexRules(mapping)
  const otherwise = mapping.otherwise ? [mapping.otherwise] : []
  return (record) => ruleFor(record)?.emit ?? (record.signal === 'logs' ? otherwise : [])
}

function read(
  record: TelemetryRecord,
  mapping: AgentMapping,
  emissions: readonly Emission[],
  keep: ReadonlySet<ContentKind>,
): Reading {
  const agent = agentOf(record, mapping)
  const session = text(firstValue(record, mapping.session))
  const common = identify(readFields(record, mapping.common), session)
  const fitting = emissions.filter(({ where }) => fits(record, where))
  const id = fitting.length > 0 ? recordId(record) : ''
  const drafts = fitting.map((emission, part) => {
    const made = draft(record, mapping, emission, { agent, session, common, id: part === 0 ? id : `${id}-${part}` })
    return part === 0 ? withExtras(made, record, mapping, emissions, keep) : made
  })
  const sequence = mapping.sequence === undefined ? null : readField(record, { from: mapping.sequence, as: 'integer' })
  return {
    agent,
    session,
    time: record.signal === 'traces' ? record.start : record.time,
    sequence: typeof sequence === 'number' ? sequence : null,
    started: () => ({ ...common, ...readFields(record, mapping.started) }),
    resource: record.resource,
    drafts,
  }
}

/** The first draft of a record also holds what was kept of it beyond the fields. */
function withExtras(
  made: Draft,
  record: TelemetryRecord,
  mapping: AgentMapping,
  emissions: readonly Emission[],
  keep: ReadonlySet<ContentKind>,
): Draft {
  const content = keptContent(record, mapping, keep)
  const attributes = leftovers(record, mapping, emissions)
  const data = { ...made.data }
  if (Object.keys(content).length > 0) data.content = content
  if (Object.keys(attributes).length > 0) data.attributes = attributes
  return { ...made, data }
}

/**
 * Ids of accounts and devices differ from agent to agent, an e-mail names the person: where there is one, models look
 * the person up by it. What belongs to no session has nothing but the id.
 */
function identify(common: Record<string, Scalar>, session: string | null): Record<string, Scalar> {
  const { user_id: account, ...rest } = common
  if (typeof rest.user_email !== 'string') return common
  const known = account === undefined ? rest : { ...rest, account_id: account }
  return session === null ? { ...known, user_id: rest.user_email } : known
}

function withoutPrefix(record: TelemetryRecord, prefix: string): TelemetryRecord {
  return record.name.startsWith(prefix) ? { ...record, name: record.name.slice(prefix.length) } : record
}

interface Context {
  readonly agent: string
  readonly session: string | null
  readonly common: Readonly<Record<string, Scalar>>
  readonly id: string
}

function draft(record: TelemetryRecord, mapping: AgentMapping, emission: Emission, context: Context): Draft {
  const { agent, session, common, id } = context
  const counted = countedBy(record, mapping, emission, session)
  const data: Record<string, unknown> = session === null ? { agent } : { session_id: session, agent }
  Object.assign(data, common, readFields(record, emission.fields))
  if (emission.counted) data.channel = emission.counted.channel
  if (counted && counted.instance !== session) data.instance = counted.instance
  const gather = emission.gather ? gatherKey(record, emission, agent, session) : null
  return {
    type: emission.type,
    agent,
    id,
    session,
    time: record.time,
    data,
    gather,
    counted,
    usage: emission.usage ?? null,
  }
}

function countedBy(
  record: TelemetryRecord,
  mapping: AgentMapping,
  { counted }: Emission,
  session: string | null,
): Counted | null {
  if (counted === undefined) return null
  const { topic, channel } = counted
  const instance = text(firstValue(record, mapping.instance)) ?? session ?? ''
  return { topic, rank: mapping.channels[topic]?.indexOf(channel) ?? 0, instance }
}

function gatherKey(record: TelemetryRecord, emission: Emission, agent: string, session: string | null): string {
  const values = (emission.gather ?? []).map((path) => text(firstValue(record, path)) ?? '')
  return digest([emission.type, agent, session ?? '', String(record.time), ...values])
}

function readFields(record: TelemetryRecord, fields: Fields): Record<string, Scalar> {
  const result: Record<string, Scalar> = {}
  for (const [name, field] of Object.entries(fields)) {
    const value = readField(record, field)
    if (value !== undefined) result[name] = value
  }
  return result
}

function agentOf(record: TelemetryRecord, { agent }: AgentMapping): string {
  return String(readField(record, agent) ?? 'unknown')
}

function text(value: unknown): string | null {
  return value === undefined || value === null || typeof value === 'object' ? null : String(value)
}
