import type { ErrorName } from '../catalogue/work.ts'
import { DAY } from './local-time.ts'
import { hoursOf, type Story, workday } from './story.ts'

/** Bad hours that every dashboard must show; times are milliseconds. */
export interface Incident {
  readonly from: number
  readonly to: number
  readonly error: ErrorName
  readonly message: string
  /** Chance that a session fails because of it. */
  readonly risk: number
  /** Only this provider's models; all of them without it. */
  readonly provider?: string
  /** The service that health checks find down, and for how long from the start. */
  readonly service: string
  readonly down: number
  /** True where the pools of sandboxes are full. */
  readonly saturated: boolean
}

/** Sandboxes run out on an afternoon in the middle of the story; eight days before its end logins at a provider fail. */
export function incidents({ lastDay }: Story): readonly Incident[] {
  return [
    {
      ...hoursOf(workday(lastDay - 152 * DAY), 8, 19),
      error: 'sandbox_crash',
      message: 'The sandbox was stopped: its node ran out of memory.',
      risk: 0.5,
      service: 'sandbox-scheduler',
      down: 2,
      saturated: true,
    },
    {
      ...hoursOf(workday(lastDay - 8 * DAY), 6, 27),
      error: 'auth_failure',
      message: '401 from the provider: the organisation key was rotated and is no longer valid.',
      risk: 0.85,
      provider: 'openai',
      service: 'model-gateway',
      down: 1.5,
      saturated: true,
    },
  ]
}
