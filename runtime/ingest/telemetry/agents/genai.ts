import type { AgentMapping } from '../mapping/index.ts'
import { content, conventionMetrics, conventionSpans, inferenceTokens, model, usageRules } from './conventions.ts'
import { log, tokenCost } from './emissions.ts'
import { place, started } from './fields.ts'

/** Any agent that follows https://opentelemetry.io/docs/specs/semconv/gen-ai/ and has no mapping of its own. */
export const genai: AgentMapping = {
  agent: { from: ['gen_ai.agent.name', '@resource.service.name'], as: 'string', value: 'unknown' },
  recognise: {
    prefixes: ['gen_ai.'],
    attributes: ['gen_ai.operation.name', 'gen_ai.provider.name', 'gen_ai.system'],
  },
  prefix: '',
  session: ['gen_ai.conversation.id', 'session.id', '@trace'],
  instance: ['@resource.service.instance.id', '@resource.host.name', '@resource.service.name'],
  channels: { usage: ['spans', 'details', 'metrics'], steps: ['spans'] },
  common: place,
  started: { ...started, model },
  content,
  rules: [
    log('gen_ai.client.inference.operation.details', [
      tokenCost('details', inferenceTokens, { where: { 'gen_ai.usage.output_tokens': true }, usage: usageRules }),
    ]),
    ...conventionSpans(),
    ...conventionMetrics,
  ],
}
