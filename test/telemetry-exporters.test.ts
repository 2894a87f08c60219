import { OTLPLogExporter as JsonLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPLogExporter as ProtoLogExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPMetricExporter as JsonMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPMetricExporter as ProtoMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { OTLPTraceExporter as JsonTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtoTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs'
import { AggregationTemporality, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTelemetryServer, type TelemetryServer } from './support/telemetry.ts'

const encodings = [
  { encoding: 'JSON', Logs: JsonLogExporter, Metrics: JsonMetricExporter, Traces: JsonTraceExporter },
  { encoding: 'protobuf', Logs: ProtoLogExporter, Metrics: ProtoMetricExporter, Traces: ProtoTraceExporter },
] as const
const compressions = ['none', 'gzip'] as const
const cases = encodings.flatMap((each) => compressions.map((compression) => ({ ...each, compression })))

describe.each(cases)('the OpenTelemetry SDK sending $encoding, compression $compression', (sender) => {
  let server: TelemetryServer
  beforeEach(async () => {
    server = await startTelemetryServer()
  })
  afterEach(() => server.close())

  const resource = resourceFromAttributes({ 'service.name': 'claude-code', 'service.version': '2.1.15' })
  const target = (signal: string) => ({
    url: `${server.url}/v1/${signal}`,
    headers: { authorization: 'Bearer acme' },
    compression: sender.compression as never,
  })
  const costs = async () =>
    (await server.events()).filter(({ type }) => type === 'agent.cost.recorded').map(({ data }) => data)

  it('delivers log events', async () => {
    const provider = new LoggerProvider({
      resource,
      processors: [new BatchLogRecordProcessor({ exporter: new sender.Logs(target('logs')) })],
    })
    const logger = provider.getLogger('com.anthropic.claude_code.events')
    for (let sequence = 0; sequence < 100; sequence += 1) {
      logger.emit({
        body: 'claude_code.api_request',
        attributes: {
          'event.name': 'api_request',
          'event.sequence': sequence,
          'session.id': 's-1',
          model: 'claude-opus-5',
          input_tokens: '10',
          output_tokens: 1,
          cache_read_tokens: 5.0,
          cost_usd_micros: 1500,
          duration_ms: 12,
        },
      })
    }
    await provider.shutdown()
    expect(await costs()).toHaveLength(100)
    expect((await costs())[0]).toMatchObject({
      amount: 0.0015,
      input_tokens: 10,
      output_tokens: 1,
      cache_read_tokens: 5,
    })
    const steps = (await server.events()).filter(({ type }) => type === 'agent.session.step')
    expect(steps.map(({ data }) => data.step).sort((a, b) => Number(a) - Number(b))).toEqual([...Array(100).keys()])
  })

  it.each(['DELTA', 'CUMULATIVE'] as const)('delivers %s metrics, each token once', async (temporality) => {
    const exporter = new sender.Metrics({
      ...target('metrics'),
      temporalityPreference: AggregationTemporality[temporality],
    })
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
    const provider = new MeterProvider({ resource, readers: [reader] })
    const meter = provider.getMeter('com.anthropic.claude_code')
    const tokens = meter.createCounter('claude_code.token.usage', { unit: 'tokens' })
    const cost = meter.createCounter('claude_code.cost.usage', { unit: 'USD' })
    for (let round = 1; round <= 3; round += 1) {
      const who = { 'session.id': 's-1', model: 'claude-opus-5', query_source: 'main' }
      tokens.add(100 * round, { ...who, type: 'input' })
      tokens.add(10 * round, { ...who, type: 'output' })
      cost.add(0.25, who)
      await reader.forceFlush()
    }
    await provider.shutdown()
    const total = (name: string) => costs().then((all) => all.reduce((sum, data) => sum + Number(data[name] ?? 0), 0))
    expect(await total('input_tokens')).toBe(600)
    expect(await total('output_tokens')).toBe(60)
    expect(await total('amount')).toBeCloseTo(0.75, 9)
    expect((await costs()).some(({ imputed }) => imputed === true)).toBe(false)
  })

  it('delivers spans', async () => {
    const provider = new NodeTracerProvider({
      resource: resourceFromAttributes({ 'service.name': 'my-agent' }),
      spanProcessors: [new BatchSpanProcessor(new sender.Traces(target('traces')))],
    })
    const tracer = provider.getTracer('gen-ai')
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.conversation.id': 'c-1',
      'gen_ai.request.model': 'gpt-5.2-codex',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.output_tokens': 100,
      'gen_ai.usage.cache_read.input_tokens': 400,
    }
    tracer.startSpan('chat gpt-5.2-codex', { attributes }).end()
    await provider.shutdown()
    expect(await costs()).toMatchObject([
      { session_id: 'c-1', input_tokens: 600, cache_read_tokens: 400, output_tokens: 100, imputed: true },
    ])
  })
})
