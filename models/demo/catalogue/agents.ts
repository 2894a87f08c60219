export interface Agent {
  readonly name: string
  /** From the start of the story to its end. */
  readonly versions: readonly string[]
  readonly providers: readonly string[]
  /** Chance that it reports no cost: null, or 0 beside tokens. */
  readonly silentCost: number
  readonly weight: number
}

export const AGENTS: readonly Agent[] = [
  {
    name: 'claude-code',
    versions: ['2.0.14', '2.0.61', '2.1.2', '2.1.15'],
    providers: ['anthropic'],
    silentCost: 0.01,
    weight: 5,
  },
  {
    name: 'codex-cli',
    versions: ['0.46.0', '0.71.0', '0.92.0'],
    providers: ['openai'],
    silentCost: 0.25,
    weight: 3,
  },
  { name: 'gemini-cli', versions: ['0.8.2', '0.16.0', '0.24.1'], providers: ['google'], silentCost: 0.02, weight: 2 },
  {
    name: 'openhands',
    versions: ['0.59.0', '1.10.0', '1.24.0'],
    providers: ['anthropic', 'openai'],
    silentCost: 0.04,
    weight: 2,
  },
]
