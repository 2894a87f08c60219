export type Trace = 'author' | 'branch' | 'trailer' | 'label' | 'body'

/** A sign that an agent made a pull request, or helped. */
export interface AttributionRule {
  readonly agent: string
  readonly by: Trace
  /** A login or label in lower case, or an expression over a trailer's `name <e-mail>`, a branch or a body. Bots end in `[bot]`. */
  readonly is: readonly string[] | RegExp
}

/** Authors and branches mean that the agent made it, everything else that it helped. The first that fits counts. */
export const ATTRIBUTION_RULES: readonly AttributionRule[] = [
  ...authors('claude-code', 'claude[bot]', 'claude-code[bot]', 'anthropic-claude[bot]'),
  ...authors('copilot', 'copilot[bot]', 'copilot-swe-agent[bot]', 'copilot-swe-agent'),
  ...authors('codex-cli', 'chatgpt-codex-connector[bot]', 'openai-codex[bot]', 'codex[bot]'),
  ...authors('gemini-cli', 'gemini-cli[bot]', 'gemini-code-assist[bot]'),
  ...authors('jules', 'google-labs-jules[bot]', 'jules[bot]'),
  ...authors('cursor', 'cursor[bot]', 'cursoragent'),
  ...authors('devin', 'devin-ai-integration[bot]', 'devin[bot]'),
  ...authors('openhands', 'openhands-agent', 'openhands-ai[bot]', 'openhands[bot]'),
  { agent: 'claude-code', by: 'branch', is: /^claude\// },
  { agent: 'copilot', by: 'branch', is: /^copilot\// },
  { agent: 'codex-cli', by: 'branch', is: /^codex\// },
  { agent: 'gemini-cli', by: 'branch', is: /^gemini\// },
  { agent: 'jules', by: 'branch', is: /^jules\// },
  { agent: 'cursor', by: 'branch', is: /^cursor\// },
  { agent: 'devin', by: 'branch', is: /^devin\// },
  { agent: 'openhands', by: 'branch', is: /^openhands[/-]/ },
  { agent: 'unknown', by: 'branch', is: /^agents?\// },
  // First names alone prove nothing: people are called Claude, too.
  { agent: 'claude-code', by: 'trailer', is: /<noreply@anthropic\.com>|^claude (?:code|opus|sonnet|haiku)\b/ },
  { agent: 'copilot', by: 'trailer', is: /<(?:\d+\+)?copilot@users\.noreply\.github\.com>|^github copilot\b/ },
  { agent: 'codex-cli', by: 'trailer', is: /<(?:noreply|codex)@openai\.com>|^(?:openai )?codex\b/ },
  { agent: 'gemini-cli', by: 'trailer', is: /<gemini-cli@google\.com>|^gemini[ -]cli\b/ },
  { agent: 'cursor', by: 'trailer', is: /<cursoragent@cursor\.com>|^cursor agent\b/ },
  { agent: 'devin', by: 'trailer', is: /devin-ai-integration\[bot\]|^devin ai\b/ },
  { agent: 'openhands', by: 'trailer', is: /<openhands@(?:all-hands|openhands)\.dev>|^openhands\b/ },
  { agent: 'aider', by: 'trailer', is: /<(?:noreply@)?aider(?:@aider)?\.chat>|^aider \(/ },
  { agent: 'claude-code', by: 'body', is: /Generated with \[?Claude Code/i },
  { agent: 'claude-code', by: 'label', is: ['claude', 'claude-code'] },
  { agent: 'copilot', by: 'label', is: ['copilot', 'github-copilot'] },
  { agent: 'codex-cli', by: 'label', is: ['codex'] },
  { agent: 'unknown', by: 'label', is: ['ai-assisted', 'ai-generated', 'agent', 'ai'] },
]

/** Where the session is named; the group `session` holds it. */
export const SESSION_RULES: readonly { readonly by: 'branch' | 'trailer' | 'body'; readonly is: RegExp }[] = [
  { by: 'trailer', is: /^(?:agent|claude|codex|copilot|gemini|ai)?-?session(?:-id)?: *(?<session>\S+)$/im },
  { by: 'body', is: /(?:claude\.ai|claude\.com)\/code\/(?<session>session_\w+)/ },
  { by: 'branch', is: /^agents?\/(?<session>[\w.-]+)$/ },
  { by: 'branch', is: /(?<session>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/ },
]

function authors(agent: string, ...logins: readonly string[]): readonly AttributionRule[] {
  return [{ agent, by: 'author', is: logins }]
}
