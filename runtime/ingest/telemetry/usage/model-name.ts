const HOSTS = /^(?:models|copilot|openrouter|anthropic|openai|google|vertex_ai|bedrock|azure|github)\//
const REGIONS = /^(?:[a-z]{2,6}\.)?anthropic\./
const CONTEXT = /\[[^\]]*\]$/
const REVISION = /-v\d+(?::\d+)?$/
const DATE = /(?:-|@)(?:20\d{6}|20\d\d-\d\d-\d\d|latest)$/
/** Some write the version first; up to 3.7 that was the name. */
const SWAPPED = /^claude-([4-9](?:-\d)?)-(opus|sonnet|haiku)(?:-thinking)?$/

/**
 * One name for a model, however agents and hosts write it: `claude-opus-5[1m]`, `anthropic/claude-opus-5` and
 * `claude-opus-5-20260115` are all `claude-opus-5`.
 */
export function normaliseModel(name: string): string {
  let short = name.trim().toLowerCase().replace(CONTEXT, '')
  while (HOSTS.test(short)) short = short.replace(HOSTS, '')
  short = short.replace(REGIONS, '').replace(REVISION, '').replace(DATE, '')
  return short.startsWith('claude-') ? short.replaceAll('.', '-').replace(SWAPPED, 'claude-$2-$1') : short
}
