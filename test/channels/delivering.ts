import type { Message } from '../../runtime/channels/index.ts'
import { createDelivery, type DeliveryOptions } from '../../runtime/channels/index.ts'
import type { Manifest } from '../../runtime/compiler/index.ts'
import type { Channel } from '../../runtime/definitions/index.ts'
import { openStore, type Store } from '../../runtime/store/index.ts'

export interface Clock {
  readonly now: () => Date
  forward(ms: number): void
}

export function virtualClock(start = '2026-03-02T09:00:00Z'): Clock {
  let at = Date.parse(start)
  return {
    now: () => new Date(at),
    forward: (ms) => {
      at += ms
    },
  }
}

type Settings = Partial<Omit<DeliveryOptions, 'config' | 'manifest'>> & {
  readonly smtp?: string
  readonly allow?: readonly string[]
}

/** Delivery over some channels, in a store of its own unless one is given; internal addresses are allowed here. */
export async function deliveryOver(channels: readonly Channel[], settings: Settings = {}) {
  const { allow = ['127.0.0.1'], smtp, store: given, ...rest } = settings
  const store: Store = given ?? (await openStore({ memory: true }))
  const manifest = { channels } as unknown as Manifest
  const delivery = createDelivery({
    store,
    manifest: () => manifest,
    config: {
      mail: smtp === undefined ? null : { smtp, from: 'Agent Metrics <metrics@example.org>' },
      delivery: { allowInternal: allow, attempts: 100 },
      server: { port: 4000, host: '127.0.0.1', url: 'https://metrics.example.org' },
    },
    random: () => 0,
    onTrouble: (error) => {
      throw error
    },
    ...rest,
  })
  const close = async () => {
    await delivery.stop()
    if (given === undefined) await store.close()
  }
  return { delivery, store, db: store.db, close }
}

export function message(more: Partial<Message> & Pick<Message, 'channel'>): Message {
  return {
    key: 'k1',
    org: 'acme',
    kind: 'alert',
    status: 'firing',
    severity: 'critical',
    group: 'error_rate_high:core',
    title: 'Many sessions of a team fail',
    text: 'More than a quarter of the sessions failed.',
    fields: [
      { label: 'Error rate', value: '31%' },
      { label: 'Team', value: 'core_api <b>' },
    ],
    links: [{ label: 'Open alert', href: '/alerts/error_rate_high' }],
    at: new Date('2026-03-02T08:59:00Z'),
    ...more,
  }
}
