import { describe, expect, it } from 'vitest'
import { finishCost, finishTokens, normaliseModel } from '../runtime/ingest/telemetry/usage/index.ts'

describe('names of models', () => {
  it.each([
    ['claude-opus-5', 'claude-opus-5'],
    ['claude-opus-5[1m]', 'claude-opus-5'],
    ['claude-haiku-4-5-20251001', 'claude-haiku-4-5'],
    ['claude-sonnet-4.6', 'claude-sonnet-4-6'],
    ['claude-4.5-sonnet-thinking', 'claude-sonnet-4-5'],
    ['claude-3-5-sonnet-latest', 'claude-3-5-sonnet'],
    ['anthropic/claude-sonnet-4.5', 'claude-sonnet-4-5'],
    ['us.anthropic.claude-sonnet-4-20250514-v1:0', 'claude-sonnet-4'],
    ['claude-opus-4-1@20250805', 'claude-opus-4-1'],
    ['gpt-4o-2024-08-06', 'gpt-4o'],
    ['copilot/gpt-4o', 'gpt-4o'],
    ['gpt-5.2-codex', 'gpt-5.2-codex'],
    ['models/gemini-2.5-pro', 'gemini-2.5-pro'],
    ['Qwen3-Coder', 'qwen3-coder'],
  ])('%s is %s', (given, expected) => {
    expect(normaliseModel(given)).toBe(expected)
  })
})

describe('costs', () => {
  const at = new Date('2026-05-04T10:00:00Z')
  const tokens = { input_tokens: 1000, output_tokens: 100, cache_read_tokens: 0, cache_write_tokens: 0 }

  it('stay as they were sent', () => {
    expect(finishCost({ ...tokens, model: 'claude-sonnet-4-6', amount: 0.5 }, at)).not.toHaveProperty('imputed')
  })

  it.each([undefined, null, 0])('of %s beside tokens are imputed from list prices, and say so', (amount) => {
    const cost = finishCost({ ...tokens, model: 'claude-sonnet-4-6', amount }, at)
    expect(cost).toMatchObject({ amount: 0.0045, imputed: true, currency: 'USD' })
  })

  it('price what came from the cache as such', () => {
    const cached = { ...tokens, input_tokens: 0, cache_read_tokens: 1000, model: 'claude-sonnet-4-6' }
    expect(finishCost(cached, at).amount).toBeCloseTo(0.0003 + 0.0015, 9)
  })

  it('are unknown for a model without a price, not free', () => {
    expect(finishCost({ ...tokens, model: 'house-model-1', amount: 0 }, at)).toMatchObject({ amount: null })
    expect(finishCost({ ...tokens, amount: 0 }, at)).toMatchObject({ amount: null })
  })
})

describe('tokens', () => {
  it('leave out of the input what the cache held, where the sender counts it in', () => {
    const sent = { input_tokens: 1000, cache_read_tokens: 800, cache_write_tokens: 50 }
    expect(finishTokens(sent, { inputIncludesCache: true }).input_tokens).toBe(150)
    expect(finishTokens(sent).input_tokens).toBe(1000)
  })

  it('believe a sender whose cache is larger than its input to have left it out', () => {
    expect(finishTokens({ input_tokens: 10, cache_read_tokens: 800 }, { inputIncludesCache: true }).input_tokens).toBe(
      10,
    )
  })
})
