import type { BuildMeasures, ModelMeasures } from '../warehouse/index.ts'
import { metricLines, type Sample } from './figures.ts'

/** Lines of Prometheus on the models: what builds took, and how old what they made is. */
export function buildLines({ builds, failed, seconds, models }: BuildMeasures): readonly string[] {
  if (builds === 0) return []
  const perModel = (value: (model: ModelMeasures) => number | null): readonly Sample[] =>
    [...models].flatMap(([model, measures]) => {
      const found = value(measures)
      return found === null ? [] : [[{ model }, found] as const]
    })
  return [
    ...metricLines('builds_total', 'counter', 'Builds of models.', [
      [{ result: 'ok' }, builds - failed],
      [{ result: 'failed' }, failed],
    ]),
    ...metricLines('build_duration_seconds_sum', 'counter', 'Time that builds took.', [[{}, seconds]]),
    ...metricLines(
      'model_build_duration_seconds',
      'gauge',
      'Time that the last build of a model took.',
      perModel((model) => model.seconds),
    ),
    ...metricLines(
      'model_built_timestamp_seconds',
      'gauge',
      'When a model was last brought up to date.',
      perModel(({ builtAt }) => (builtAt === null ? null : builtAt / 1000)),
    ),
    ...metricLines(
      'model_failed',
      'gauge',
      '1 where the last build of a model failed: what is in use is older.',
      perModel((model) => Number(model.failed)),
    ),
  ]
}
