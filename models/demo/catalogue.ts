export interface AiModel {
  readonly id: string
  readonly name: string
  readonly provider: string
  /** USD per million tokens. */
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  /** Duration relative to the others. */
  readonly pace: number
  /** Chance that an average task succeeds. */
  readonly success: number
  readonly weight: number
}

export const AI_MODELS: readonly AiModel[] = [
  model('claude-opus-4-6', 'Claude Opus 4.6', 'anthropic', [5, 25, 0.5], 1.25, 0.93, 2),
  model('claude-sonnet-4-6', 'Claude Sonnet 4.6', 'anthropic', [3, 15, 0.3], 0.95, 0.9, 5),
  model('gpt-5.2-codex', 'GPT-5.2 Codex', 'openai', [1.75, 14, 0.175], 1.1, 0.89, 4),
  model('gpt-5.2-mini', 'GPT-5.2 mini', 'openai', [0.25, 2, 0.025], 0.6, 0.8, 2),
  model('gemini-3-pro', 'Gemini 3 Pro', 'google', [2, 12, 0.2], 1, 0.87, 3),
  model('qwen3-coder', 'Qwen3 Coder', 'alibaba', [0.45, 1.8, 0.1], 0.85, 0.78, 1),
]

function model(
  id: string,
  name: string,
  provider: string,
  [input, output, cacheRead]: readonly [number, number, number],
  pace: number,
  success: number,
  weight: number,
): AiModel {
  return { id, name, provider, input, output, cacheRead, pace, success, weight }
}

export interface Agent {
  readonly name: string
  readonly version: string
  readonly providers: readonly string[]
  /** Chance that it reports no cost: null, or 0 beside tokens. */
  readonly silentCost: number
  readonly weight: number
}

export const AGENTS: readonly Agent[] = [
  { name: 'claude-code', version: '2.1.15', providers: ['anthropic'], silentCost: 0.01, weight: 5 },
  { name: 'codex-cli', version: '0.92.0', providers: ['openai'], silentCost: 0.25, weight: 3 },
  { name: 'gemini-cli', version: '0.24.1', providers: ['google'], silentCost: 0.02, weight: 2 },
  { name: 'openhands', version: '1.24.0', providers: ['anthropic', 'openai', 'alibaba'], silentCost: 0.04, weight: 2 },
]

export interface Mode {
  readonly name: 'completions' | 'edit' | 'agent'
  readonly weight: number
  /** Median duration in seconds. */
  readonly median: number
  /** Lines of code that a usual session changes. */
  readonly loc: number
  /** How its part in all sessions changes over the span. */
  readonly growth: number
}

export const MODES: readonly Mode[] = [
  { name: 'completions', weight: 3, median: 75, loc: 14, growth: -0.5 },
  { name: 'edit', weight: 4, median: 230, loc: 40, growth: -0.2 },
  { name: 'agent', weight: 6, median: 840, loc: 130, growth: 0.7 },
]

export const TASKS = [
  { name: 'feature', weight: 8, pace: 1.3, ease: 0.97, loc: 1.6 },
  { name: 'bug_fix', weight: 7, pace: 1, ease: 1, loc: 0.5 },
  { name: 'refactoring', weight: 4, pace: 1.2, ease: 1.02, loc: 1.8 },
  { name: 'tests', weight: 3, pace: 0.8, ease: 1.04, loc: 1.1 },
  { name: 'docs', weight: 2, pace: 0.5, ease: 1.07, loc: 0.7 },
] as const

export const ERRORS = [
  { name: 'timeout', weight: 6 },
  { name: 'tool_error', weight: 5 },
  { name: 'rate_limited', weight: 3 },
  { name: 'context_overflow', weight: 3 },
  { name: 'sandbox_crash', weight: 2 },
  { name: 'auth_failure', weight: 2 },
] as const

export const ENVIRONMENTS = [
  { name: 'development', weight: 14 },
  { name: 'staging', weight: 4 },
  { name: 'production', weight: 2 },
] as const

export const LANGUAGES = ['typescript', 'python', 'go', 'java', 'kotlin', 'rust', 'sql'] as const

export const PLACES = [
  { zone: 'Europe/Berlin', country: 'DE' },
  { zone: 'America/New_York', country: 'US' },
  { zone: 'America/Los_Angeles', country: 'US' },
  { zone: 'Asia/Kolkata', country: 'IN' },
  { zone: 'Europe/London', country: 'GB' },
  { zone: 'Asia/Tokyo', country: 'JP' },
] as const

export const FIRST_NAMES = (
  'Ada Amir Ana Anton Aiko Ben Bruna Carlos Chen Clara Dario Deepa Elena Emeka Eva Farid Femi Grace Hana Hugo ' +
  'Ines Ivan Jana Jonas Kofi Lara Leo Lin Maja Marco Mei Milan Nadia Nils Noor Olga Omar Paula Priya Rafael ' +
  'Ravi Rosa Samir Sara Sven Tara Theo Uma Vera Yuki'
).split(' ')

export const LAST_NAMES = (
  'Abe Almeida Bauer Becker Costa Dubois Eriksen Farouk Garcia Gupta Haas Ito Jansen Kaya Kim Kovac Larsen Lopez ' +
  'Mehta Meyer Moreau Nguyen Novak Okafor Olsen Park Petrov Quinn Rossi Sato Schmid Silva Singh Tanaka Tran Ueda ' +
  'Vogel Wang Weber Yilmaz'
).split(' ')
