import { SERVICES } from '../catalogue/places.ts'
import type { Happening } from '../core/event.ts'
import { incidents } from '../core/incidents.ts'
import { HOUR } from '../core/local-time.ts'
import { createRandom, type Random } from '../core/random.ts'
import type { Story } from '../core/story.ts'
import type { Organisation } from '../organisation/organisation.ts'
import { looks, minuteName, type Rhythm } from './rhythm.ts'

type Status = 'up' | 'degraded' | 'down'

/** Availability checks of the services: hardly ever down but for the incidents. */
export function* healthEvents(
  story: Story,
  { id, users }: Organisation,
  day: number,
  rhythm: Rhythm,
): Generator<Happening> {
  const bad = incidents(story)
  // A small organisation watches what its agents cannot do without.
  for (const [index, { name, latency }] of SERVICES.slice(0, users.length > 50 ? SERVICES.length : 2).entries()) {
    for (const { time, interval } of looks(day, rhythm, 30_000 + index * 4000)) {
      const random = createRandom(story.seed, id, name, time)
      const incident = bad.find(({ service, from, to }) => service === name && time >= from && time < to)
      const status: Status =
        incident === undefined ? usual(random) : time < incident.from + incident.down * HOUR ? 'down' : 'degraded'
      yield {
        id: `check-${name}-${minuteName(time)}-${interval / 60_000}`,
        source: 'platform',
        type: 'agent.health.checked',
        subject: name,
        time,
        received: time + 400,
        data: {
          service: name,
          check: 'http',
          region: 'eu-central',
          environment: 'production',
          status,
          interval_s: interval / 1000,
          ...measured(random, latency, status),
        },
      }
    }
  }
}

function usual(random: Random): Status {
  const fate = random.next()
  return fate < 0.0003 ? 'down' : fate < 0.004 ? 'degraded' : 'up'
}

function measured(random: Random, latency: number, status: Status): Happening['data'] {
  if (status === 'down') return { latency_ms: 10_000, error_message: 'No answer within 10 s.' }
  return { latency_ms: Math.round(random.logNormal(latency * (status === 'degraded' ? 6 : 1), 0.25)) }
}
