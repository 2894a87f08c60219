import type { About, AlertSight } from '../../channels/index.ts'
import type { Manifest } from '../../compiler/index.ts'
import type { SecurityContext, SemanticLayer } from '../../semantic/index.ts'
import { sightOf } from './visibility.ts'

interface Parts {
  readonly semantic: SemanticLayer
  readonly manifest: () => Manifest
  readonly now: () => Date
}

/** Every open page asks again and again, and what somebody may see of an alert hardly changes. */
const REMEMBERED_MS = 60_000
const MOST_READERS = 2000

/** Which messages of alerts somebody may read; people with the same rights are looked up once a minute. */
export function createSights({ manifest, now, semantic }: Parts): (context: SecurityContext) => Promise<AlertSight> {
  let known = new Map<string, { readonly until: number; readonly sight: Promise<AlertSight> }>()
  let definitions: Manifest | undefined
  return (context) => {
    if (definitions !== manifest() || known.size > MOST_READERS) known = new Map()
    definitions = manifest()
    const key = JSON.stringify(context)
    const found = known.get(key)
    if (found !== undefined && found.until > now().getTime()) return found.sight
    const sight = lookUp(semantic, manifest(), context)
    sight.catch(() => known.delete(key))
    known.set(key, { until: now().getTime() + REMEMBERED_MS, sight })
    return sight
  }
}

async function lookUp(semantic: SemanticLayer, { alerts }: Manifest, context: SecurityContext): Promise<AlertSight> {
  const sights = await Promise.all(
    alerts.map(async (alert) => ({ name: alert.name, sight: await sightOf(semantic, context, alert) })),
  )
  const whole = sights.filter(({ sight }) => sight?.values === true && sight.keys === null).map(({ name }) => name)
  const parts = sights.flatMap(({ name, sight }): About[] =>
    sight?.keys == null ? [] : [{ alert: name, instances: [...sight.keys] }],
  )
  const declared = alerts.map(({ name }) => name)
  return { whole, parts, declared: context.role === 'admin' ? declared : null }
}
