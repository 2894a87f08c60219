import { type Happening, round } from '../core/event.ts'
import { DAY } from '../core/local-time.ts'
import type { Random } from '../core/random.ts'
import type { Story } from '../core/story.ts'
import type { Session } from './session.ts'

interface Step {
  readonly time: number
  readonly data: Happening['data']
}
interface Phase {
  readonly kind: string
  readonly tool?: string
  readonly summary: string
}

const OPENING: readonly Phase[] = [
  { kind: 'reason', summary: 'Read the task, restated it and listed what is not clear.' },
  { kind: 'read', tool: 'search', summary: 'Searched for the places that the task names.' },
  { kind: 'read', tool: 'read_file', summary: 'Read the module and its tests.' },
  { kind: 'reason', summary: 'Chose the smallest change that fits the style of the module.' },
]
const ROUND: readonly Phase[] = [
  { kind: 'edit', tool: 'edit', summary: 'Changed the function and its callers.' },
  { kind: 'test', tool: 'bash', summary: 'Ran the tests of the module.' },
  { kind: 'model', summary: 'Weighed the result against the task.' },
]
const CLOSING: readonly Phase[] = [
  { kind: 'run', tool: 'bash', summary: 'Ran the linter and the type check.' },
  { kind: 'approval', tool: 'git', summary: 'Asked to push the branch.' },
]
const SKETCH: readonly Phase[] = [
  { kind: 'read', tool: 'search', summary: 'Looked for the places to change.' },
  { kind: 'edit', tool: 'edit', summary: 'Made the change.' },
]

/** Full traces are kept of recent sessions, sketches of those of the last three months, failures of older ones. */
const FULL = 16 * DAY
const SKETCHED = 75 * DAY

/** The trace of a session's execution: reasoning, tool calls and their results, with tokens, cost and time. */
export function traceSteps(random: Random, { lastDay }: Story, session: Session): readonly Step[] {
  const phases = phasesOf(random, lastDay - session.start, session)
  const length = (session.end - session.start) / (phases.length + 1)
  return phases.map((phase, index) => {
    const broke = session.error !== null && index === phases.length - 1
    const duration = Math.round(length * (0.3 + 0.6 * random.next()))
    const data = {
      kind: phase.kind,
      ...(phase.tool === undefined ? usage(session, phases.length) : { tool: phase.tool }),
      status: broke || (phase.tool === 'bash' && random.chance(0.14)) ? 'error' : 'ok',
      duration_ms: duration,
      attempt: 1,
      summary: phase.summary,
      ...(phase.kind === 'approval' ? { decision: random.chance(0.93) ? 'accept' : 'reject', decided_by: 'user' } : {}),
      ...(broke ? { error_type: session.error, error_message: session.message } : {}),
    }
    return { time: Math.round(session.start + length * (index + 1)), data }
  })
}

function phasesOf(random: Random, age: number, { mode, error }: Session): readonly Phase[] {
  if (mode.name === 'completions') return []
  if (age > SKETCHED) return error === null ? [] : SKETCH
  if (age > FULL) return SKETCH
  if (mode.name === 'edit') return [...OPENING.slice(1, 3), ...ROUND.slice(0, 2)]
  const rounds = Array.from({ length: random.int(1, 3) }, () => ROUND).flat()
  // A session that failed never got to the end.
  return [...OPENING, ...rounds, ...(error === null ? CLOSING : [])]
}

function usage({ tokens, model }: Session, steps: number): Happening['data'] {
  const part = (count: number) => Math.round(count / steps)
  const cost = (tokens.output * model.output + tokens.input * model.input) / 1e6 / steps
  return {
    model: model.id,
    input_tokens: part(tokens.input),
    output_tokens: part(tokens.output),
    cache_read_tokens: part(tokens.cacheRead),
    cost_usd: round(cost),
  }
}
