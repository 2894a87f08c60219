import type { InstanceState, Outcome, Status, Timing, Transition } from './state.ts'

export interface Step {
  readonly state: InstanceState
  readonly transitions: readonly Transition[]
}

/** Checks in a row that must fail before the failure itself is the state. */
const PATIENCE = 3

/** What one check makes of an instance. Pure: the clock comes in. */
export function step(before: InstanceState, outcome: Outcome, now: number, timing: Timing): Step {
  const state = settleClock(before, now, timing)
  const next =
    outcome.kind === 'unchecked' ? afterFailure(state, outcome.why, now) : afterCheck(state, outcome, now, timing)
  const checked = { ...next, checkedAt: now }
  const changed = checked.status !== before.status
  return { state: checked, transitions: changed ? [{ from: before.status, to: checked.status, at: now }] : [] }
}

/** A clock that was set back starts waits anew; nobody knows what happened while no check was made. */
function settleClock(state: InstanceState, now: number, { every, for: wait }: Timing): InstanceState {
  if (now < state.checkedAt) return { ...state, since: Math.min(state.since, now), checkedAt: now }
  const unwatched = now - state.checkedAt > Math.max(3 * every, wait, MINUTES_10)
  return unwatched && state.status === 'pending' ? { ...state, since: now } : state
}

const MINUTES_10 = 600_000

function afterFailure(state: InstanceState, why: 'no_data' | 'error', now: number): InstanceState {
  const failures = state.failures + 1
  const counted = { ...state, failures }
  if (failures < PATIENCE) return counted
  return enter(counted, why, now)
}

type Checked = Extract<Outcome, { kind: 'met' | 'not_met' }>

function afterCheck(state: InstanceState, outcome: Checked, now: number, timing: Timing): InstanceState {
  const sound = { ...state, failures: 0 }
  const isFiring = state.firingSince !== null
  if (outcome.kind === 'met') return isFiring ? fire(sound, outcome, now) : begin(sound, outcome, now, timing)
  if (!isFiring) return enter(sound, 'normal', now)
  if (outcome.latch !== undefined && outcome.latch === state.latch) return fire(sound, outcome, now)
  return recover(sound, now, timing)
}

function begin(state: InstanceState, outcome: Checked, now: number, timing: Timing): InstanceState {
  const waited = state.status === 'pending' ? now - state.since : 0
  return waited >= timing.for ? fire(state, outcome, now) : enter(state, 'pending', now)
}

function fire(state: InstanceState, { latch }: Checked, now: number): InstanceState {
  const firing = enter(state, 'firing', now)
  return { ...firing, firingSince: state.firingSince ?? now, latch: latch ?? state.latch }
}

function recover(state: InstanceState, now: number, { keepFiringFor }: Timing): InstanceState {
  const waited = state.status === 'recovering' ? now - state.since : 0
  if (waited < keepFiringFor) return enter(state, 'recovering', now)
  return { ...enter(state, 'normal', now), firingSince: null, latch: null }
}

function enter(state: InstanceState, status: Status, now: number): InstanceState {
  return state.status === status ? state : { ...state, status, since: now }
}
