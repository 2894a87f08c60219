import type { TelemetryRecord } from '../otlp/index.ts'
import { keptContent, leftovers } from './content.ts'
import type { Counted, Draft, Reading } from './draft.ts'
import { fits, indexRules, type RuleIndex, recognises } from './fits.ts'
import { digest, recordId } from './identity.ts'
import type { AgentMapping, ContentKind, Emission, Fields, Scalar } from './mapping.ts'
import { firstValue, readField } from './read-field.ts'

export type Interpreter = (record: TelemetryRecord) => Reading | null

/** Reads records by the first mapping that recognises them; null where none does. */
export function createInterpreter(mappings: readonly AgentMapping[], keep: ReadonlySet<ContentKind>): Interpreter {
  const known = mappings.map((mapping) => ({ mapping, ruleFor: indexRules(mapping) }))
  return (record) => {
    const found = known.find(({ mapping }) => recognises(mapping, record))
    return found ? read(record, found.mapping, found.ruleFor, keep) : null
  }
}

function read(
  sent: TelemetryRecord,
  mapping: AgentMapping,
  ruleFor: RuleIndex,
  keep: ReadonlySet<ContentKind>,
): Reading {
  const record = withoutPrefix(sent, mapping.prefix)
  const rule = ruleFor(record)
  const agent = agentOf(record, mapping)
  const session = text(firstValue(record, mapping.session))
  const emissions = rule?.emit ?? (record.signal === 'logs' && mapping.otherwise ? [mapping.otherwise] : [])
  const fitting = emissions.filter(({ where }) => fits(record, where))
  const common = identify(readFields(record, mapping.common), session)
  const drafts = fitting.map((emission, part) =>
    draft(record, mapping, emission, { agent, session, common, part, extra: part === 0 ? extras() : {} }),
  )
  const sequence = mapping.sequence === undefined ? null : readField(record, { from: mapping.sequence, as: 'integer' })
  return {
    agent,
    session,
    time: record.signal === 'traces' ? record.start : record.time,
    sequence: typeof sequence === 'number' ? sequence : null,
    started: { ...common, ...readFields(record, mapping.started) },
    resource: record.resource,
    drafts,
  }

  function extras() {
    const content = keptContent(record, mapping, keep)
    const attributes = leftovers(record, mapping, emissions)
    return {
      ...(Object.keys(content).length > 0 ? { content } : {}),
      ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
    }
  }
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
  readonly part: number
  readonly extra: Readonly<Record<string, unknown>>
}

function draft(record: TelemetryRecord, mapping: AgentMapping, emission: Emission, context: Context): Draft {
  const { agent, session, common, part, extra } = context
  const id = part === 0 ? recordId(record) : `${recordId(record)}-${part}`
  const counted = countedBy(record, mapping, emission, session)
  return {
    type: emission.type,
    agent,
    id,
    session,
    time: record.time,
    data: {
      ...(session === null ? {} : { session_id: session }),
      agent,
      ...common,
      ...readFields(record, emission.fields),
      ...(emission.counted ? { channel: emission.counted.channel } : {}),
      ...(counted && counted.instance !== session ? { instance: counted.instance } : {}),
      ...extra,
    },
    gather: emission.gather ? gatherKey(record, emission, agent, session) : null,
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

export function readFields(record: TelemetryRecord, fields: Fields): Record<string, Scalar> {
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
