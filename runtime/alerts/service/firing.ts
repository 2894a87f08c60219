import type { SecurityContext } from '../../semantic/index.ts'
import type { Alerts } from './alerts.ts'

/** What goes off now, one entry an instance, as far as somebody may see it. */
export async function firingNow(alerts: Pick<Alerts, 'list'>, context: SecurityContext) {
  const views = await alerts.list(context, 'open')
  return views.flatMap(({ instances, name, title }) =>
    instances
      .filter(({ state }) => state === 'firing' || state === 'recovering')
      .map(({ firingSince, labels, severity, shown, since }) => ({
        ...{ name, title, severity, value: shown ?? '' },
        where: Object.values(labels)
          .filter((value) => value !== null)
          .join(', '),
        since: new Date(firingSince ?? since),
      })),
  )
}
