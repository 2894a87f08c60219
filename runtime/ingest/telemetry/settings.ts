import { fail, nearest } from '../../diagnostics/index.ts'
import { CONTENT_KINDS, type ContentKind } from './mapping/index.ts'

/** `ingest.telemetry` of the configuration. */
export interface TelemetrySettings {
  /** Kinds of content to keep that are dropped otherwise: what people wrote, what tools got and gave. */
  readonly keep: readonly ContentKind[]
  /** A number that an agent's events skip is lost after this many seconds. */
  readonly gapSeconds: number
  /** How far back stored telemetry is read after a start, to go on where it ended. */
  readonly memoryDays: number
  /** A session without a sign of life for this long has ended. */
  readonly idleMinutes: number
}

export const DEFAULT_TELEMETRY: TelemetrySettings = { keep: [], gapSeconds: 60, memoryDays: 2, idleMinutes: 30 }

/** Reads `ingest.telemetry`; what is left out is as by default. */
export function telemetrySettings(given: unknown): TelemetrySettings {
  if (given === undefined || given === null) return DEFAULT_TELEMETRY
  if (typeof given !== 'object' || Array.isArray(given)) fail('AM2005', '`ingest.telemetry` must be an object.')
  const keys = Object.keys(DEFAULT_TELEMETRY)
  for (const key of Object.keys(given)) {
    if (keys.includes(key)) continue
    const like = nearest(key, keys)
    fail('AM2003', `\`ingest.telemetry\` has no key \`${key}\`.`, { hint: like && `Did you mean \`${like}\`?` })
  }
  const values = { ...DEFAULT_TELEMETRY, ...(given as Partial<Record<keyof TelemetrySettings, unknown>>) }
  return {
    keep: contentKinds(values.keep),
    gapSeconds: positive('gapSeconds', values.gapSeconds),
    memoryDays: positive('memoryDays', values.memoryDays),
    idleMinutes: positive('idleMinutes', values.idleMinutes),
  }
}

function contentKinds(given: unknown): readonly ContentKind[] {
  const kinds = Array.isArray(given) ? CONTENT_KINDS.filter((kind) => given.includes(kind)) : []
  if (Array.isArray(given) && kinds.length === given.length) return kinds
  return fail('AM2005', `\`ingest.telemetry.keep\` is a list of ${CONTENT_KINDS.join(', ')}.`)
}

function positive(key: string, given: unknown): number {
  if (typeof given === 'number' && given > 0 && Number.isFinite(given)) return given
  return fail('AM2005', `\`ingest.telemetry.${key}\` must be a number above 0.`)
}
