import type { AgentMapping, Emission, Field, Fields, Rule } from '../mapping/index.ts'
import { authFailure, bypass, codeWritten, linesMetric, log, metric, span, step, tokenCost } from './emissions.ts'
import {
  DECIDED_BY,
  DECISION,
  EDIT_TOOLS,
  HTTP_ERRORS,
  integer,
  milliseconds,
  OUTCOME,
  place,
  READ_TOOLS,
  spanStep,
  started,
  TOOL_KINDS,
  word,
} from './fields.ts'

const model = word('model', 'gen_ai.response.model', 'gen_ai.request.model')
const tokens: Fields = {
  model,
  input_tokens: integer('input_tokens', 'gen_ai.usage.input_tokens'),
  output_tokens: integer('output_tokens', 'gen_ai.usage.output_tokens'),
  cache_read_tokens: integer('cache_read_tokens', 'gen_ai.usage.cache_read.input_tokens'),
  cache_write_tokens: integer('cache_creation_tokens', 'gen_ai.usage.cache_creation.input_tokens'),
}
/** The micros are whole numbers, so they come first where both are sent. */
const cost: readonly Field[] = [
  { from: 'cost_usd_micros', as: 'usd', unit: 'micros' },
  { from: 'cost_usd', as: 'usd' },
]
const asked: Fields = { query_source: 'query_source', effort: 'effort', speed: 'speed', attempt: integer('attempt') }
const number: Fields = { step: integer('event.sequence') }
const request: Fields = {
  ...number,
  kind: { value: 'model' },
  model,
  ...asked,
  duration_ms: milliseconds('duration_ms'),
}
const toolUse: Fields = { ...number, step_id: 'tool_use_id', tool: word('tool_name') }
const filePath: Field = {
  from: ['tool_parameters#file_path', 'tool_input#file_path', 'tool_input#notebook_path', 'file_path'],
  as: 'text',
}

const requests: readonly Rule[] = [
  log('user_prompt', [
    step('logs', {
      ...number,
      kind: { value: 'prompt' },
      status: { value: 'ok' },
      prompt_length: integer('prompt_length'),
    }),
  ]),
  log('api_request', [
    step('logs', { ...request, ...tokens, status: { value: 'ok' }, step_id: 'request_id' }),
    tokenCost('logs', { amount: cost, ...tokens, ...asked }),
  ]),
  log('api_error', [
    step('logs', {
      ...request,
      status: { value: 'error' },
      error_type: { from: 'status_code', as: 'string', map: HTTP_ERRORS, value: 'api_error' },
      error_message: { from: 'error', as: 'text' },
    }),
    authFailure({ status_code: ['401', '403'] }),
  ]),
  log('api_retries_exhausted', [
    step('logs', {
      ...request,
      status: { value: 'error' },
      error_type: { value: 'retries_exhausted' },
      attempt: integer('total_attempts'),
    }),
  ]),
  log('api_refusal', [step('logs', { ...request, status: { value: 'denied' }, error_type: { value: 'refusal' } })]),
  log(['api_request_body', 'api_response_body', 'retention_sweep'], []),
]

const tools: readonly Rule[] = [
  log('tool_decision', [
    step('logs', {
      ...toolUse,
      kind: { value: 'approval' },
      decision: 'decision',
      decided_by: { from: 'source', as: 'string', map: DECIDED_BY },
      status: { from: 'decision', map: DECISION },
    }),
    {
      type: 'security.policy_violation',
      where: { decision: 'reject', source: ['config', 'hook'] },
      fields: {
        kind: { value: 'permission' },
        severity: { value: 'medium' },
        action: { value: 'blocked' },
        blocked: { value: true },
        resource: 'tool_name',
        policy: word('source'),
      },
    },
  ]),
  log('tool_result', [
    step('logs', {
      ...toolUse,
      kind: { from: 'tool_name', map: TOOL_KINDS },
      status: { from: 'success', as: 'string', map: OUTCOME },
      duration_ms: milliseconds('duration_ms'),
      error_type: 'error_type',
      decision: 'decision_type',
      commit: 'tool_parameters#git_commit_id',
    }),
    codeWritten('logs', { tool_name: EDIT_TOOLS, success: 'true' }, { tool: 'tool_name' }),
    ...fileAccess('logs'),
  ]),
]

const others: readonly Rule[] = [
  log('permission_mode_changed', [
    step('logs', {
      ...number,
      kind: { value: 'approval' },
      permission_mode: 'to_mode',
      from_mode: 'from_mode',
      decided_by: 'trigger',
    }),
    bypass({ to_mode: 'bypassPermissions' }),
  ]),
  log('auth', [
    step('logs', { ...number, kind: { value: 'auth' }, status: { from: 'success', as: 'string', map: OUTCOME } }),
    authFailure({ success: 'false' }),
  ]),
  log('subagent_completed', [
    step('logs', {
      ...number,
      kind: { value: 'subagent' },
      tool: 'agent_type',
      status: { value: 'ok' },
      model: word('final_model', 'model'),
      duration_ms: milliseconds('duration_ms'),
    }),
  ]),
  log('internal_error', [
    step('logs', {
      ...number,
      kind: { value: 'agent' },
      status: { value: 'error' },
      error_type: word('error_name', 'error_type'),
    }),
  ]),
]

const metrics: readonly Rule[] = [
  metric('token.usage', [
    usage({ type: 'input' }, { input_tokens: integer('@value') }),
    usage({ type: 'output' }, { output_tokens: integer('@value') }),
    usage({ type: 'cacheRead' }, { cache_read_tokens: integer('@value') }),
    usage({ type: 'cacheCreation' }, { cache_write_tokens: integer('@value') }),
  ]),
  metric('cost.usage', [usage({}, { amount: { from: '@value', as: 'usd' } })]),
  linesMetric('lines_of_code.count'),
  metric('commit.count', [counter('commit')]),
  metric('pull_request.count', [counter('pull_request')]),
  metric('active_time.total', [
    {
      type: 'agent.session.step',
      fields: {
        kind: { value: 'active' },
        duration_ms: { from: '@value', as: 'milliseconds', unit: 's' },
        active: 'type',
      },
    },
  ]),
  metric(['session.count', 'code_edit_tool.decision'], []),
]

const spans: readonly Rule[] = [
  span('llm_request', [
    step('spans', {
      ...spanStep,
      ...tokens,
      kind: { value: 'model' },
      attempt: integer('attempt'),
      ttft_ms: milliseconds('ttft_ms'),
    }),
    tokenCost('spans', { amount: cost, ...tokens }),
  ]),
  span('tool', [
    step('spans', {
      ...spanStep,
      tool: word('tool_name', 'gen_ai.tool.name'),
      kind: { from: ['tool_name', 'gen_ai.tool.name'], map: TOOL_KINDS },
    }),
    codeWritten('spans', { tool_name: EDIT_TOOLS, '@failed': 'false' }, { tool: 'tool_name' }),
    ...fileAccess('spans'),
  ]),
  span('tool.blocked_on_user', [step('spans', { ...spanStep, kind: { value: 'waiting' } })]),
  span('*', []),
]

/** https://code.claude.com/docs/en/monitoring-usage */
export const claudeCode: AgentMapping = {
  agent: { value: 'claude-code' },
  recognise: { services: ['claude-code'], scopes: ['com.anthropic.claude_code'], prefixes: ['claude_code.'] },
  prefix: 'claude_code.',
  session: ['session.id', '@resource.session.id'],
  sequence: 'event.sequence',
  channels: {
    usage: ['logs', 'spans', 'metrics'],
    steps: ['logs', 'spans'],
    lines: ['metrics'],
    access: ['logs', 'spans'],
  },
  common: place,
  started: {
    ...started,
    model,
    trigger: {
      from: ['app.entrypoint', '@resource.app.entrypoint'],
      map: { cli: 'person', 'claude-vscode': 'person', 'sdk-cli': 'api', 'sdk-ts': 'api', 'sdk-py': 'api' },
    },
  },
  content: {
    prompts: ['prompt'],
    tool_inputs: ['tool_input', 'tool_parameters', 'full_command', 'bash_command'],
    outputs: ['response', 'body', 'error'],
  },
  rules: [...requests, ...tools, ...others, ...metrics, ...spans],
  otherwise: step('logs', {
    ...number,
    kind: '@name',
    status: { from: 'success', as: 'string', map: OUTCOME },
    duration_ms: milliseconds('duration_ms'),
  }),
}

function usage(where: Emission['where'], fields: Fields): Emission {
  return tokenCost(
    'metrics',
    { model, query_source: 'query_source', effort: 'effort', speed: 'speed', ...fields },
    {
      where,
      gather: [
        'model',
        'query_source',
        'speed',
        'effort',
        'agent.name',
        'skill.name',
        'plugin.name',
        'mcp_server.name',
      ],
    },
  )
}

function counter(kind: string): Emission {
  return {
    type: 'agent.session.step',
    fields: { kind: { value: kind }, status: { value: 'ok' }, count: integer('@value') },
  }
}

function fileAccess(channel: string): readonly Emission[] {
  const access = (action: string, tools: readonly string[]): Emission => ({
    type: 'agent.access.recorded',
    where: { tool_name: tools },
    fields: { action: { value: action }, resource_type: { value: 'file' }, path: filePath, allowed: { value: true } },
    counted: { topic: 'access', channel },
  })
  return [access('read', READ_TOOLS), access('write', EDIT_TOOLS)]
}
