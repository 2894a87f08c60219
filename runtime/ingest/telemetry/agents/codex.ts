import type { AgentMapping, Emission, Fields, Rule } from '../mapping/index.ts'
import { authFailure, bypass, codeWritten, log, metric, securityEvent, step, tokenCost } from './emissions.ts'
import {
  DECIDED_BY,
  DECISION,
  EDIT_TOOLS,
  HTTP_ERRORS,
  integer,
  milliseconds,
  OUTCOME,
  place,
  started,
  TOOL_KINDS,
  word,
} from './fields.ts'

const model = word('model', 'slug')
const tokens: Fields = {
  model,
  input_tokens: integer('input_token_count'),
  output_tokens: integer('output_token_count'),
  cache_read_tokens: integer('cached_token_count'),
  reasoning_tokens: integer('reasoning_token_count'),
}
const duration = milliseconds('duration_ms')
const UNLIMITED = ['danger-full-access', 'DangerFullAccess', 'danger_full_access']
/** OpenAI counts cached tokens as input and reasoning as output. */
const usageRules = { inputIncludesCache: true } as const

const logs: readonly Rule[] = [
  log('conversation_starts', [bypass({ approval_policy: ['never', 'Never'], sandbox_policy: UNLIMITED })]),
  log('user_prompt', [
    step('logs', { kind: { value: 'prompt' }, status: { value: 'ok' }, prompt_length: integer('prompt_length') }),
  ]),
  log(
    'api_request',
    [
      step('logs', {
        kind: { value: 'model' },
        model,
        attempt: integer('attempt'),
        duration_ms: duration,
        status: { value: 'error' },
        error_type: { from: 'http.response.status_code', as: 'string', map: HTTP_ERRORS, value: 'api_error' },
        error_message: { from: 'error.message', as: 'text' },
      }),
      authFailure({ 'http.response.status_code': ['401', '403'] }),
    ],
    { 'error.message': true },
  ),
  log(
    'sse_event',
    [
      step(
        'logs',
        { kind: { value: 'model' }, ...tokens, duration_ms: duration, status: { value: 'ok' } },
        { usage: usageRules },
      ),
      tokenCost('logs', tokens, { usage: usageRules }),
    ],
    { 'event.kind': 'response.completed', input_token_count: true },
  ),
  log(
    'sse_event',
    [
      step('logs', {
        kind: { value: 'model' },
        model,
        duration_ms: duration,
        status: { value: 'error' },
        error_type: { value: 'api_error' },
        error_message: { from: 'error.message', as: 'text' },
      }),
    ],
    { 'error.message': true },
  ),
  log('tool_decision', [
    step('logs', {
      kind: { value: 'approval' },
      tool: word('tool_name'),
      step_id: 'call_id',
      decision: 'decision',
      decided_by: { from: 'source', as: 'string', map: DECIDED_BY },
      status: { from: 'decision', map: DECISION },
    }),
  ]),
  log('tool_result', [
    step('logs', {
      kind: { from: 'tool_name', map: TOOL_KINDS },
      tool: word('tool_name'),
      step_id: 'call_id',
      status: { from: 'success', as: 'string', map: OUTCOME },
      duration_ms: duration,
    }),
    codeWritten('logs', { tool_name: EDIT_TOOLS, success: 'true' }, { tool: 'tool_name' }),
  ]),
  log('sandbox_outcome', [
    step('logs', {
      kind: { value: 'sandbox' },
      tool: word('tool_name'),
      step_id: 'call_id',
      status: 'outcome',
      duration_ms: milliseconds('initial_duration_ms'),
    }),
    securityEvent(
      'sandbox_denied',
      'low',
      { outcome: ['denied', 'sandbox_denied', 'blocked'] },
      {
        blocked: { value: true },
        resource: 'tool_name',
      },
    ),
  ]),
  log(['sse_event', 'api_request', 'websocket_connect', 'websocket_request', 'websocket_event', 'startup_phase'], []),
]

const metrics: readonly Rule[] = [
  metric('turn.token_usage', [
    usage('input', { input_tokens: integer('@value') }),
    usage('cached_input', { cache_read_tokens: integer('@value') }),
    usage('output', { output_tokens: integer('@value') }),
    usage('reasoning_output', { reasoning_tokens: integer('@value') }),
  ]),
  metric('turn.cost_microusd', [
    tokenCost('metrics', { model, amount: { from: '@value', as: 'usd', unit: 'micros' } }, { gather: ['model'] }),
  ]),
]

/** https://github.com/openai/codex, codex-rs/otel */
export const codex: AgentMapping = {
  agent: { value: 'codex-cli' },
  recognise: {
    services: ['codex-cli', 'codex_cli_rs', 'codex_exec', 'codex-app-server', 'codex_vscode'],
    prefixes: ['codex.'],
  },
  prefix: 'codex.',
  session: ['conversation.id', 'thread.id'],
  // Its metrics name no conversation.
  instance: ['@resource.service.instance.id', '@resource.host.name', '@resource.service.name'],
  channels: { usage: ['logs', 'metrics'], steps: ['logs'] },
  common: place,
  started: { ...started, model, trigger: { from: 'originator', map: { codex_exec: 'api', codex_cli_rs: 'person' } } },
  content: { prompts: ['prompt'], tool_inputs: ['arguments'], outputs: ['output'] },
  rules: [...logs, ...metrics],
  otherwise: step('logs', { kind: '@name', duration_ms: duration }),
}

function usage(type: string, fields: Fields): Emission {
  return tokenCost(
    'metrics',
    { model, ...fields },
    { where: { token_type: type }, gather: ['model'], usage: usageRules },
  )
}
