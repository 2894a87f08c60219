import type { Data, UsageRules } from '../mapping/index.ts'
import { normaliseModel } from './model-name.ts'
import { listPrice, type Tokens } from './price.ts'

/** Tokens and models in our terms: the input without what the cache held, the output with reasoning, one model name. */
export function finishTokens(data: Data, { inputIncludesCache, outputExcludesReasoning }: UsageRules = {}): Data {
  const { input, output, cacheRead, cacheWrite } = tokensOf(data)
  const cached = cacheRead + cacheWrite
  const finished: Record<string, unknown> = { ...data }
  // A sender that follows the older definition reports less input than cache: it left the cache out.
  if (inputIncludesCache && cached > 0 && input >= cached) finished.input_tokens = input - cached
  if (outputExcludesReasoning) {
    const reasoning = number(data.reasoning_tokens)
    if (reasoning > 0) finished.output_tokens = output + reasoning
  }
  if (typeof data.model === 'string') {
    const model = normaliseModel(data.model)
    finished.model = model
    if (model !== data.model) finished.model_reported = data.model
  }
  return finished
}

/** A cost of 0 beside tokens is not known; what is not known is imputed from list prices where there are any. */
export function finishCost(data: Data, at: Date): Data {
  const tokens = tokensOf(data)
  const used = tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite > 0
  const amount = number(data.amount)
  if (amount !== 0 || !used) return { ...data, amount: data.amount ?? null }
  const price = typeof data.model === 'string' ? listPrice(data.model, tokens, at) : null
  return price === null ? { ...data, amount: null } : { ...data, amount: price, currency: 'USD', imputed: true }
}

/** A cost without an amount and without tokens: a request that failed before it cost anything. */
export function isNothing(data: Data): boolean {
  const { input, output, cacheRead, cacheWrite } = tokensOf(data)
  return number(data.amount) === 0 && input + output + cacheRead + cacheWrite === 0
}

function tokensOf(data: Data): Tokens {
  return {
    input: number(data.input_tokens),
    output: number(data.output_tokens),
    cacheRead: number(data.cache_read_tokens),
    cacheWrite: number(data.cache_write_tokens),
  }
}

const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : 0)
