import type { ConsumerFigures, Durations, WayFigures } from '../ingest/index.ts'
import { DEAD_LETTERS, EVENTS } from '../ingest/index.ts'
import { metricLines as metric, type Sample } from './figures.ts'
import type { Services } from './services.ts'

/** Whole tables are asked: not at every scrape. */
const REMEMBERED_MS = 30_000

/** Lines of Prometheus on the events that come in; none before the first one came. */
export function createIngestFigures(
  { openIntake, warehouse }: Pick<Services, 'openIntake' | 'warehouse'>,
  now: () => number = Date.now,
): () => Promise<readonly string[]> {
  let stored: Stored | undefined
  return async () => {
    const opened = await openIntake()
    if (opened === undefined) return []
    if (stored === undefined || now() - stored.at > REMEMBERED_MS) stored = { at: now(), ...(await ask(warehouse)) }
    const { ways, commits } = opened.ingest.measures()
    const { queued, refused } = opened.ingest.figures()
    return [
      ...eventLines(ways),
      ...metric('ingest_refused_requests_total', 'counter', 'Requests that were told to come back.', [[{}, refused]]),
      ...metric('ingest_queued_events', 'gauge', 'Events that wait for their transaction.', [[{}, queued]]),
      ...commitLines(commits),
      ...kafkaLines(opened.reading()),
      ...metric('ingest_dead_letters', 'gauge', 'Events that were refused and not replayed.', [[{}, stored.letters]]),
      ...ageLines(stored.newest, now()),
    ]
  }
}

interface Stored {
  readonly at: number
  readonly letters: number
  readonly newest: number | null
}

async function ask(warehouse: Services['warehouse']): Promise<Omit<Stored, 'at'>> {
  const [letters, newest] = await Promise.all([
    warehouse.query(`SELECT count(*) FROM ${DEAD_LETTERS} WHERE replayed_at IS NULL`),
    warehouse.query(`SELECT max(time) FROM ${EVENTS}`),
  ])
  const [time] = newest.rows[0] ?? []
  return {
    letters: Number(letters.rows[0]?.[0] ?? 0),
    newest: typeof time === 'string' ? Date.parse(time) : null,
  }
}

function eventLines(ways: readonly WayFigures[]): readonly string[] {
  const samples = ways.flatMap(({ way, accepted, duplicates, rejected, quarantined }): Sample[] => [
    [{ way, result: 'accepted' }, accepted],
    [{ way, result: 'duplicate' }, duplicates],
    [{ way, result: 'rejected' }, rejected],
    [{ way, result: 'quarantined' }, quarantined],
  ])
  return metric('ingest_events_total', 'counter', 'Events by their way in and what became of them.', samples)
}

function commitLines({ buckets, sum, count }: Durations): readonly string[] {
  const name = 'agent_metrics_ingest_commit_duration_seconds'
  return [
    `# HELP ${name} Time to write what waited in one transaction.`,
    `# TYPE ${name} histogram`,
    ...buckets.map(([limit, counted]) => `${name}_bucket{le="${limit}"} ${counted}`),
    `${name}_bucket{le="+Inf"} ${count}`,
    `${name}_sum ${sum}`,
    `${name}_count ${count}`,
  ]
}

function kafkaLines(reading: ConsumerFigures | null): readonly string[] {
  if (reading === null) return []
  const lags = reading.partitions.map(
    ({ topic, partition, lag }): Sample => [{ topic, partition: String(partition) }, lag],
  )
  return [
    ...metric('ingest_kafka_lag', 'gauge', 'Messages that are not in the warehouse yet.', lags),
    ...metric('ingest_kafka_lost_total', 'counter', 'Messages the broker deleted unread.', [[{}, reading.lost]]),
  ]
}

function ageLines(newest: number | null, now: number): readonly string[] {
  if (newest === null) return []
  const age = Math.max(0, (now - newest) / 1000)
  return metric('ingest_newest_event_age_seconds', 'gauge', 'Time since the newest event happened.', [[{}, age]])
}
