import { type ActivityEvent, DAY, DAYS, event, FIRST_DAY, HOUR } from './event.ts'
import { numbersFrom } from './numbers.ts'

/** Samples of the infrastructure and availability checks of every hour. */
export function operationsEvents(): readonly ActivityEvent[] {
  const numbers = numbersFrom(11)
  const hours = Array.from({ length: DAYS * 24 }, (_, hour) => FIRST_DAY + hour * HOUR)
  return hours.flatMap((time) => [
    event('agent.infra.sampled', 'pool-eu', time, {
      resource_id: 'pool-eu',
      resource_type: 'pool',
      region: 'eu-west-1',
      interval_s: 3600,
      cpu_utilization: 0.3 + numbers.next() / 2,
      memory_utilization: 0.4 + numbers.next() / 3,
      disk_utilization: 0.2 + numbers.next() / 5,
      memory_bytes: 8_000_000_000,
      disk_bytes: 20_000_000_000,
      network_in_bytes: 1_000_000,
      network_out_bytes: numbers.below(1_000_000),
      sandboxes_running: numbers.below(20),
      sandboxes_capacity: 20,
      queue_depth: numbers.below(4),
    }),
    event('agent.health.checked', 'api', time, {
      service: 'api',
      status: numbers.chance(0.01) || time === FIRST_DAY + 15 * DAY ? 'down' : numbers.chance(0.03) ? 'degraded' : 'up',
      latency_ms: 50 + numbers.below(300),
      interval_s: 3600,
    }),
  ])
}
