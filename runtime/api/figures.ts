import type { RequestHandler } from 'express'

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** The service's own figures in the text format of Prometheus. */
export interface Figures {
  /** Counts and times every request. */
  readonly measure: RequestHandler
  readonly count: (name: string, labels?: Readonly<Record<string, string>>) => void
  readonly text: (more?: readonly string[]) => string
}

export function createFigures(): Figures {
  const counters = new Map<string, number>()
  const durations = { buckets: BUCKETS.map(() => 0), sum: 0, count: 0 }
  const count: Figures['count'] = (name, labels = {}) => {
    const key = `${name}${labelText(labels)}`
    counters.set(key, (counters.get(key) ?? 0) + 1)
  }
  return {
    count,
    measure: (request, response, next) => {
      const start = performance.now()
      response.once('finish', () => {
        const seconds = (performance.now() - start) / 1000
        durations.sum += seconds
        durations.count += 1
        for (const [index, limit] of BUCKETS.entries()) {
          if (seconds <= limit) durations.buckets[index] = (durations.buckets[index] ?? 0) + 1
        }
        count('agent_metrics_http_requests_total', { method: request.method, status: String(response.statusCode) })
      })
      next()
    },
    text: (more = []) =>
      `${[...requestLines(durations), ...counterLines(counters), ...processLines(), ...more].join('\n')}\n`,
  }
}

function requestLines({ buckets, sum, count }: { buckets: number[]; sum: number; count: number }): string[] {
  const name = 'agent_metrics_http_request_duration_seconds'
  return [
    `# HELP ${name} Time to answer a request.`,
    `# TYPE ${name} histogram`,
    ...BUCKETS.map((limit, index) => `${name}_bucket{le="${limit}"} ${buckets[index]}`),
    `${name}_bucket{le="+Inf"} ${count}`,
    `${name}_sum ${sum}`,
    `${name}_count ${count}`,
  ]
}

function counterLines(counters: ReadonlyMap<string, number>): string[] {
  const names = new Set([...counters.keys()].map((key) => key.replace(/\{.*/, '')))
  return [...names]
    .sort()
    .flatMap((name) => [
      `# TYPE ${name} counter`,
      ...[...counters].filter(([key]) => key.replace(/\{.*/, '') === name).map(([key, value]) => `${key} ${value}`),
    ])
}

function processLines(): string[] {
  const { rss, heapUsed } = process.memoryUsage()
  const gauge = (name: string, value: number) => [`# TYPE ${name} gauge`, `${name} ${value}`]
  return [
    ...gauge('process_resident_memory_bytes', rss),
    ...gauge('nodejs_heap_size_used_bytes', heapUsed),
    ...gauge('process_uptime_seconds', process.uptime()),
  ]
}

export function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, '\\$&')}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number]

export function metricLines(
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  samples: readonly Sample[],
): readonly string[] {
  const full = `agent_metrics_${name}`
  return [
    `# HELP ${full} ${help}`,
    `# TYPE ${full} ${type}`,
    ...samples.map(([labels, value]) => `${full}${labelText(labels)} ${value}`),
  ]
}
