export interface AiModel {
  readonly id: string
  readonly name: string
  readonly provider: string
  /** USD per million tokens. */
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly context: number
  /** Duration relative to the others. */
  readonly pace: number
  /** Chance that an average task succeeds. */
  readonly success: number
  readonly weight: number
  /** Part of the story at which it comes in, or goes out of use, over three weeks. */
  readonly from?: number
  readonly until?: number
}

/** In the middle of the story one takes the place of another. */
const SUCCESSION = 0.55

export const AI_MODELS: readonly AiModel[] = [
  model('claude-opus-4-6', 'Claude Opus 4.6', 'anthropic', [5, 25, 0.5, 6.25], [1.25, 0.94, 2]),
  {
    ...model('claude-sonnet-4-5', 'Claude Sonnet 4.5', 'anthropic', [3, 15, 0.3, 3.75], [1.1, 0.86, 5]),
    until: SUCCESSION,
  },
  {
    ...model('claude-sonnet-4-6', 'Claude Sonnet 4.6', 'anthropic', [3, 15, 0.3, 3.75], [0.9, 0.92, 5.5]),
    from: SUCCESSION,
  },
  model('gpt-5.2-codex', 'GPT-5.2 Codex', 'openai', [1.75, 14, 0.175, 1.75], [1.1, 0.89, 4]),
  model('gpt-5.2-mini', 'GPT-5.2 mini', 'openai', [0.25, 2, 0.025, 0.25], [0.6, 0.8, 2]),
  model('gemini-3-pro', 'Gemini 3 Pro', 'google', [2, 12, 0.2, 2], [1, 0.87, 3]),
]

function model(
  id: string,
  name: string,
  provider: string,
  [input, output, cacheRead, cacheWrite]: readonly [number, number, number, number],
  [pace, success, weight]: readonly [number, number, number],
): AiModel {
  const context = provider === 'google' ? 1_000_000 : provider === 'openai' ? 400_000 : 200_000
  return { id, name, provider, input, output, cacheRead, cacheWrite, context, pace, success, weight }
}

const THREE_WEEKS = 21 / 396

/** How often a model is chosen when that part of the story is over. */
export function weightAt({ weight, from, until }: AiModel, part: number): number {
  const ramp = (since: number) => Math.min(1, Math.max(0, (part - since) / THREE_WEEKS))
  if (from !== undefined) return weight * ramp(from)
  return until === undefined ? weight : weight * (1 - ramp(until))
}
