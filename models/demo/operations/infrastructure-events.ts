import { POOLS } from '../catalogue/places.ts'
import { type Happening, round } from '../core/event.ts'
import { incidents } from '../core/incidents.ts'
import { DAY, HOUR } from '../core/local-time.ts'
import { createRandom, type Random } from '../core/random.ts'
import { dayFactor, growth, progress, type Story } from '../core/story.ts'
import type { Organisation } from '../organisation/organisation.ts'
import { looks, minuteName, type Rhythm } from './rhythm.ts'

/** Samples of the pools of sandboxes: they follow the working day of their region, and are full in incidents. */
export function* infrastructureEvents(
  story: Story,
  { id, users }: Organisation,
  day: number,
  rhythm: Rhythm,
): Generator<Happening> {
  const bad = incidents(story).filter(({ saturated }) => saturated)
  // A small organisation has one pool.
  for (const [index, pool] of POOLS.slice(0, users.length > 50 ? POOLS.length : 1).entries()) {
    const resource = `pool-${pool.region}`
    for (const { time, interval } of looks(day, rhythm, index * 7000)) {
      const random = createRandom(story.seed, id, resource, time)
      const isFull = bad.some(({ from, to }) => time >= from && time < to)
      yield {
        id: `${resource}-${minuteName(time)}-${interval / 60_000}`,
        source: 'platform',
        type: 'agent.infra.sampled',
        subject: resource,
        time,
        received: time + 800,
        data: {
          resource_id: resource,
          resource_type: 'pool',
          region: pool.region,
          environment: 'production',
          ...sample(random, story, pool, time, interval, isFull),
        },
      }
    }
  }
}

function sample(
  random: Random,
  story: Story,
  pool: (typeof POOLS)[number],
  time: number,
  interval: number,
  isFull: boolean,
): Happening['data'] {
  const part = progress(story, time)
  const day = Math.floor(time / DAY) * DAY
  const hour = (time - day) / HOUR
  const distance = Math.min(Math.abs(hour - pool.noon), 24 - Math.abs(hour - pool.noon))
  const bell = Math.exp(-(distance ** 2) / 18)
  const load = Math.min(1, 0.05 + 0.62 * bell * dayFactor(day) * growth(part) * random.logNormal(1, 0.16))
  const used = isFull ? Math.min(1, 0.93 + random.next() * 0.07) : load
  // Pools grow with their use, in steps of a quarter of a year.
  const capacity = Math.round(pool.capacity * (0.4 + 0.6 * (Math.floor(part * 4.3) / 4)))
  const cpu = Math.min(1, used * random.logNormal(1, 0.08))
  const memory = Math.min(1, 0.22 + 0.72 * used * random.logNormal(1, 0.05))
  // Storage fills up and is cleaned once in five weeks.
  const disk = 0.38 + 0.42 * ((time / (35 * DAY)) % 1) + 0.02 * random.next()
  const seconds = interval / 1000
  return {
    interval_s: seconds,
    cpu_utilization: round(cpu, 4),
    memory_utilization: round(memory, 4),
    disk_utilization: round(disk, 4),
    memory_bytes: Math.round(memory * capacity * 8 * 2 ** 30),
    disk_bytes: Math.round(disk * capacity * 40 * 2 ** 30),
    network_in_bytes: Math.round(used * capacity * seconds * 240_000 * random.logNormal(1, 0.2)),
    network_out_bytes: Math.round(used * capacity * seconds * 45_000 * random.logNormal(1, 0.2)),
    sandboxes_running: Math.min(capacity, Math.round(used * capacity)),
    sandboxes_capacity: capacity,
    queue_depth: isFull ? random.int(12, 60) : random.poisson(Math.max(0, used - 0.7) * 20),
  }
}
