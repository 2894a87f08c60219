import { forgetAnswers } from './answers.ts'
import { askAgain, connection, reportSignedIn } from './connection.ts'
import { createStore } from './external-store.ts'
import { getJson } from './request.ts'

/** How fresh the figures are, and which data and definitions they stand on. */
export interface Freshness {
  readonly data: string | null
  readonly definitions: string | null
  /** When the data changed last, by the clock of this machine. */
  readonly changedAt: number | null
  readonly live: boolean
  /** `dev` while somebody edits the definitions, `preview` where two versions are served. */
  readonly mode: 'dev' | 'preview' | null
}

export const freshness = createStore<Freshness>({
  data: null,
  definitions: null,
  changedAt: null,
  live: true,
  mode: null,
})

const EVERY = 5_000
const EVERY_WHEN_LOST = 2_000

interface FreshnessBody {
  readonly data: string
  readonly definitions: string
  readonly changed_at: string | null
  readonly now: string
  readonly mode?: Freshness['mode']
}

/** Follows the data while the page is seen, and finds out when the server is back. */
export function followFreshness(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  const look = async () => {
    if (document.visibilityState === 'visible') await checkFreshness()
    if (stopped) return
    timer = setTimeout(look, connection.get() === 'connected' ? EVERY : EVERY_WHEN_LOST)
  }
  const onVisible = () => document.visibilityState === 'visible' && void checkFreshness()
  document.addEventListener('visibilitychange', onVisible)
  timer = setTimeout(look, 0)
  return () => {
    stopped = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onVisible)
  }
}

export async function checkFreshness() {
  try {
    const body = await getJson<FreshnessBody>('/api/v1/freshness')
    if (connection.get() === 'signed_out') reportSignedIn()
    accept(body)
  } catch {
    // The frame of the page says what is wrong; the next look comes soon.
  }
}

function accept({ data, definitions, changed_at: changed, now, mode = null }: FreshnessBody) {
  const before = freshness.get()
  const age = changed === null ? null : Math.max(0, Date.parse(now) - Date.parse(changed))
  const changedAt = age === null ? null : Date.now() - age
  const isNew = before.data !== null && before.data !== data && before.live
  freshness.set({ ...before, data: before.data === null || isNew ? data : before.data, definitions, changedAt, mode })
  const isRedefined = before.definitions !== null && before.definitions !== definitions
  if (!isNew && !isRedefined) return
  forgetAnswers()
  askAgain()
}

/** Paused, the page stays as it is until it is asked to go on. */
export function setLive(live: boolean) {
  freshness.set({ ...freshness.get(), live })
  if (live) void checkFreshness()
}
