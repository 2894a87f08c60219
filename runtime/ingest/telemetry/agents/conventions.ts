import type { Emission, Fields, Rule } from '../mapping/index.ts'
import { codeWritten, metric, span, step, tokenCost } from './emissions.ts'
import { EDIT_TOOLS, integer, milliseconds, spanStep, TOOL_KINDS, word } from './fields.ts'

export const model = word('gen_ai.response.model', 'gen_ai.request.model')
export const inferenceTokens: Fields = {
  model,
  input_tokens: integer('gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens'),
  output_tokens: integer('gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens'),
  cache_read_tokens: integer('gen_ai.usage.cache_read.input_tokens'),
  cache_write_tokens: integer('gen_ai.usage.cache_creation.input_tokens'),
  reasoning_tokens: integer('gen_ai.usage.reasoning.output_tokens', 'gen_ai.usage.reasoning_tokens'),
}
/** The conventions count cached tokens as input since they name them. */
export const usageRules = { inputIncludesCache: true } as const

const OPERATION = 'gen_ai.operation.name'
const INFERENCE = ['chat', 'generate_content', 'text_completion']

/** Attributes of the conventions that hold what people and tools wrote. */
export const content = {
  prompts: ['gen_ai.input.messages', 'gen_ai.system_instructions', 'gen_ai.prompt'],
  tool_inputs: ['gen_ai.tool.call.arguments', 'gen_ai.tool.definitions'],
  outputs: ['gen_ai.output.messages', 'gen_ai.tool.call.result', 'gen_ai.completion'],
} as const

/** Spans of the GenAI conventions: agents, inference and tools. */
export function conventionSpans(cost: Fields = {}): readonly Rule[] {
  return [
    span(
      '*',
      [
        step(
          'spans',
          {
            ...spanStep,
            ...inferenceTokens,
            kind: { value: 'model' },
            ttft_ms: milliseconds('copilot_chat.time_to_first_token'),
          },
          { usage: usageRules },
        ),
        tokenCost(
          'spans',
          { ...inferenceTokens, ...cost },
          { where: { 'gen_ai.usage.output_tokens': true }, usage: usageRules },
        ),
      ],
      { [OPERATION]: INFERENCE },
    ),
    span(
      '*',
      [
        step('spans', {
          ...spanStep,
          kind: { from: 'gen_ai.tool.name', map: TOOL_KINDS },
          tool: word('gen_ai.tool.name'),
          step_id: ['gen_ai.tool.call.id', '@span'].map((from) => ({ from })),
        }),
        codeWritten('spans', { 'gen_ai.tool.name': EDIT_TOOLS, 'error.type': false }, { tool: 'gen_ai.tool.name' }),
      ],
      { [OPERATION]: 'execute_tool' },
    ),
    span('*', [step('spans', { ...spanStep, kind: { value: 'turn' }, tool: word('gen_ai.agent.name'), model })], {
      [OPERATION]: ['invoke_agent', 'invoke_workflow', 'plan'],
    }),
    span('*', [step('spans', { ...spanStep, kind: { value: 'hook' } })], { [OPERATION]: 'execute_hook' }),
    span('*', []),
  ]
}

/** Both the histogram of old and the newer counters. */
export const conventionMetrics: readonly Rule[] = [
  metric('gen_ai.client.token.usage', [
    tokens({ 'gen_ai.token.type': 'input' }, { input_tokens: integer('@value') }),
    tokens({ 'gen_ai.token.type': ['output', 'completion'] }, { output_tokens: integer('@value') }),
  ]),
  metric('gen_ai.client.inference.usage.input_tokens', [tokens({}, { input_tokens: integer('@value') })]),
  metric('gen_ai.client.inference.usage.output_tokens', [tokens({}, { output_tokens: integer('@value') })]),
  metric('gen_ai.client.inference.usage.cache_read.input_tokens', [
    tokens({}, { cache_read_tokens: integer('@value') }),
  ]),
  metric('gen_ai.client.inference.usage.cache_creation.input_tokens', [
    tokens({}, { cache_write_tokens: integer('@value') }),
  ]),
  metric('*', []),
]

function tokens(where: NonNullable<Emission['where']>, fields: Fields): Emission {
  return tokenCost(
    'metrics',
    { model, ...fields },
    { where, gather: ['gen_ai.response.model', 'gen_ai.request.model'], usage: usageRules },
  )
}
