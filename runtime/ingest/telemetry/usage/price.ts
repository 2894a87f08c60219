import { calcPrice } from '@pydantic/genai-prices'

export interface Tokens {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
}

/** USD at the list price of the day, or null for a model that the price table does not know. */
export function listPrice(model: string, tokens: Tokens, at: Date): number | null {
  const usage = {
    input_tokens: tokens.input + tokens.cacheRead + tokens.cacheWrite,
    output_tokens: tokens.output,
    cache_read_tokens: tokens.cacheRead,
    cache_write_tokens: tokens.cacheWrite,
  }
  const price = calcPrice(usage, model, { timestamp: at })
  return price && Number.isFinite(price.total_price) ? Number(price.total_price.toFixed(9)) : null
}
