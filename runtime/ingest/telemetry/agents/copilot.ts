import type { AgentMapping, Rule } from '../mapping/index.ts'
import { content, conventionMetrics, conventionSpans, inferenceTokens, model, usageRules } from './conventions.ts'
import { codeWritten, linesMetric, log, step, tokenCost } from './emissions.ts'
import { EDIT_TOOLS, milliseconds, OUTCOME, place, started, TOOL_KINDS, word } from './fields.ts'

const logs: readonly Rule[] = [
  log(['session.start', 'agent.turn'], []),
  log('tool.call', [
    step('logs', {
      kind: { from: 'gen_ai.tool.name', map: TOOL_KINDS },
      tool: word('gen_ai.tool.name'),
      status: { from: 'success', as: 'string', map: OUTCOME },
      duration_ms: milliseconds('duration_ms'),
      error_type: 'error.type',
    }),
    codeWritten('logs', { 'gen_ai.tool.name': EDIT_TOOLS, success: 'true' }, { tool: 'gen_ai.tool.name' }),
  ]),
  log('gen_ai.client.inference.operation.details', [
    tokenCost('details', inferenceTokens, { where: { 'gen_ai.usage.output_tokens': true }, usage: usageRules }),
  ]),
  log(
    ['edit.feedback', 'edit.hunk.action', 'inline.done'],
    [
      {
        type: 'agent.session.output',
        fields: {
          kind: { value: 'feedback' },
          accepted: [
            { from: 'accepted', as: 'boolean' },
            {
              from: ['outcome', 'action', 'copilot_chat.edit.outcome'],
              map: { accepted: true, accept: true, saved: true, '*': false },
            },
          ],
        },
      },
    ],
  ),
]

/** https://code.visualstudio.com/docs/agents/guides/monitoring-agents */
export const copilot: AgentMapping = {
  agent: { value: 'copilot' },
  recognise: {
    services: ['copilot-chat', 'github-copilot', 'copilot-cli'],
    scopes: ['copilot-chat', 'github.copilot'],
    prefixes: ['copilot_chat.', 'github.copilot.'],
  },
  prefix: 'copilot_chat.',
  session: ['gen_ai.conversation.id', 'github.copilot.session.id', 'session.id'],
  // Metrics know the window and not the conversation.
  instance: ['@resource.session.id', '@resource.service.instance.id', 'gen_ai.conversation.id'],
  channels: { usage: ['spans', 'details', 'metrics'], steps: ['spans', 'logs'], lines: ['metrics'] },
  common: place,
  started: { ...started, model, trigger: { value: 'person' } },
  content,
  rules: [
    ...logs,
    ...conventionSpans({
      quantity: { from: ['github.copilot.aiu'], as: 'number' },
      unit: { from: 'github.copilot.aiu', as: 'string', map: { '*': 'ai-credits' } },
    }),
    linesMetric('lines_of_code.count'),
    ...conventionMetrics,
  ],
  otherwise: step('logs', { kind: '@name', duration_ms: milliseconds('duration_ms') }),
}
