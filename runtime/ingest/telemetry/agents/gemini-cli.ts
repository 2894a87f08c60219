import type { AgentMapping, Emission, Fields, Rule } from '../mapping/index.ts'
import { authFailure, bypass, codeLines, linesMetric, log, metric, span, step, tokenCost } from './emissions.ts'
import {
  EDIT_TOOLS,
  HTTP_ERRORS,
  integer,
  milliseconds,
  OUTCOME,
  place,
  spanStep,
  started,
  TOOL_KINDS,
  word,
} from './fields.ts'

const model = word('model', 'gen_ai.response.model', 'gen_ai.request.model')
const duration = milliseconds('duration_ms')
const tokens: Fields = {
  model,
  input_tokens: integer('input_token_count'),
  output_tokens: integer('output_token_count'),
  cache_read_tokens: integer('cached_content_token_count'),
  reasoning_tokens: integer('thoughts_token_count'),
}
const inferenceTokens: Fields = {
  model,
  input_tokens: integer('gen_ai.usage.input_tokens'),
  output_tokens: integer('gen_ai.usage.output_tokens'),
  cache_read_tokens: integer('gen_ai.usage.cache_read.input_tokens'),
}
/** Gemini counts cached tokens as input, and thoughts beside the output. */
const usageRules = { inputIncludesCache: true, outputExcludesReasoning: true } as const
const includesCache = { inputIncludesCache: true } as const
const BYPASS = ['yolo', 'YOLO']

const logs: readonly Rule[] = [
  log('config', [bypass({ approval_mode: BYPASS })]),
  log('user_prompt', [
    step('logs', { kind: { value: 'prompt' }, status: { value: 'ok' }, prompt_length: integer('prompt_length') }),
  ]),
  log('api_response', [
    step(
      'logs',
      { kind: { value: 'model' }, ...tokens, duration_ms: duration, status: { value: 'ok' } },
      { usage: usageRules },
    ),
    tokenCost('logs', tokens, { usage: usageRules }),
  ]),
  log('api_error', [
    step('logs', {
      kind: { value: 'model' },
      model,
      duration_ms: duration,
      status: { value: 'error' },
      error_type: [
        { from: 'status_code', as: 'string', map: HTTP_ERRORS },
        { from: 'error_type', as: 'string' },
      ],
      error_message: { from: ['error', 'error.message'], as: 'text' },
    }),
    authFailure({ status_code: ['401', '403'] }),
  ]),
  log('tool_call', [
    step('logs', {
      kind: { from: 'function_name', map: TOOL_KINDS },
      tool: word('function_name'),
      status: [
        { from: 'decision', map: { reject: 'denied', '*': null } },
        { from: 'success', as: 'string', map: OUTCOME },
      ],
      decision: 'decision',
      decided_by: { from: 'decision', map: { auto_accept: 'config', '*': 'user' } },
      duration_ms: duration,
      error_type: 'error_type',
    }),
    codeLines(
      'logs',
      { function_name: EDIT_TOOLS, success: 'true' },
      {
        tool: 'function_name',
        loc_added: integer('metadata#diffStat.model_added_lines'),
        loc_deleted: integer('metadata#diffStat.model_removed_lines'),
      },
    ),
  ]),
  log('file_operation', [
    {
      type: 'agent.access.recorded',
      fields: {
        action: { from: 'operation', map: { read: 'read', create: 'write', update: 'write' }, value: 'read' },
        resource_type: { value: 'file' },
        allowed: { value: true },
        language: 'programming_language',
      },
    },
  ]),
  log(
    ['approval_mode_switch'],
    [
      step('logs', { kind: { value: 'approval' }, permission_mode: 'to_mode', from_mode: 'from_mode' }),
      bypass({ to_mode: BYPASS }),
    ],
  ),
  log('agent.finish', [
    step('logs', {
      kind: { value: 'subagent' },
      tool: 'agent_name',
      duration_ms: duration,
      status: { from: 'terminate_reason', map: { GOAL: 'ok', goal: 'ok', '*': 'error' } },
      turns: integer('turn_count'),
    }),
  ]),
  log('gen_ai.client.inference.operation.details', [tokenCost('details', inferenceTokens, { usage: includesCache })]),
  log(['api_request', 'next_speaker_check', 'edit_strategy'], []),
]

const metrics: readonly Rule[] = [
  metric('token.usage', [
    usage('metrics', { type: 'input' }, { input_tokens: integer('@value') }),
    usage('metrics', { type: 'output' }, { output_tokens: integer('@value') }),
    usage('metrics', { type: 'cache' }, { cache_read_tokens: integer('@value') }),
    usage('metrics', { type: 'thought' }, { reasoning_tokens: integer('@value') }),
  ]),
  metric('gen_ai.client.token.usage', [
    usage('gen_ai', { 'gen_ai.token.type': 'input' }, { input_tokens: integer('@value') }),
    usage('gen_ai', { 'gen_ai.token.type': 'output' }, { output_tokens: integer('@value') }),
  ]),
  linesMetric('lines.changed'),
]

const spans: readonly Rule[] = [
  span('*', [step('spans', { ...spanStep, ...inferenceTokens, kind: { value: 'model' } }, { usage: includesCache })], {
    'gen_ai.operation.name': 'llm_call',
  }),
  span(
    '*',
    [
      step('spans', {
        ...spanStep,
        tool: word('gen_ai.tool.name'),
        kind: { from: 'gen_ai.tool.name', map: TOOL_KINDS },
      }),
    ],
    { 'gen_ai.operation.name': 'tool_call' },
  ),
]

/** https://github.com/google-gemini/gemini-cli, docs/cli/telemetry.md */
export const geminiCli: AgentMapping = {
  agent: { value: 'gemini-cli' },
  recognise: { services: ['gemini-cli'], scopes: ['gemini-cli'], prefixes: ['gemini_cli.'] },
  prefix: 'gemini_cli.',
  session: ['session.id', '@resource.session.id', 'gen_ai.conversation.id'],
  channels: {
    usage: ['logs', 'details', 'metrics', 'gen_ai'],
    steps: ['logs', 'spans'],
    lines: ['logs', 'metrics'],
  },
  common: { ...place, installation_id: 'installation.id' },
  started: { ...started, model },
  content: {
    prompts: ['prompt', 'request_text', 'gen_ai.input.messages', 'gen_ai.system_instructions'],
    tool_inputs: ['function_args'],
    outputs: ['response_text', 'gen_ai.output.messages'],
  },
  rules: [...logs, ...metrics, ...spans],
  otherwise: step('logs', { kind: '@name', duration_ms: duration }),
}

function usage(channel: string, where: Emission['where'], fields: Fields): Emission {
  return tokenCost(
    channel,
    { model, ...fields },
    {
      where,
      gather: ['model', 'gen_ai.response.model', 'gen_ai.request.model'],
      usage: channel === 'metrics' ? usageRules : includesCache,
    },
  )
}
