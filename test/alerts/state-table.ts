/**
 * What a check finds at a minute, and what becomes of the instance: `met`, `ok`, `gap` (no data), `fail` (could not be
 * asked). After the colon the state that follows, and after `!` the messages: f(iring), r(esolved).
 */
export interface StateCase {
  readonly name: string
  readonly for?: number
  readonly keep?: number
  readonly repeat?: number
  readonly every?: number
  readonly noData?: 'ok' | 'no_data' | 'firing'
  /** Minutes from and to which a silence or a maintenance window holds. */
  readonly silence?: readonly [number, number]
  readonly maintenance?: readonly [number, number]
  /** Minutes at which somebody acknowledges it. */
  readonly acknowledge?: number
  /** Minutes from and to which a worse alert on the same metric, or the cause, fires. */
  readonly worse?: readonly [number, number]
  readonly cause?: readonly [number, number]
  /** Minutes before which the state went through the store and back. */
  readonly restart?: readonly number[]
  readonly steps: string
}

export const STATE_CASES: readonly StateCase[] = [
  { name: 'what is not met stays normal', steps: '0 ok:normal 1 ok:normal' },
  { name: 'what is met fires at once without a wait', steps: '0 met:firing!f 1 met:firing' },
  { name: 'it is told when it is over', steps: '0 met:firing!f 1 ok:normal!r 2 ok:normal' },
  { name: 'it waits as long as `for` says', for: 5, steps: '0 met:pending 1 met:pending 4 met:pending 5 met:firing!f' },
  {
    name: 'a wait that is interrupted begins anew',
    for: 3,
    steps: '0 met:pending 2 ok:normal 3 met:pending 5 met:pending 6 met:firing!f',
  },
  {
    name: 'flapping below `for` never fires',
    for: 2,
    steps: '0 met:pending 1 ok:normal 2 met:pending 3 ok:normal 4 met:pending 5 ok:normal',
  },
  {
    name: 'a wait shorter than the interval fires at the next check',
    for: 1,
    every: 5,
    steps: '0 met:pending 5 met:firing!f',
  },
  {
    name: 'it keeps firing for a while',
    keep: 3,
    steps: '0 met:firing!f 1 ok:recovering 3 ok:recovering 4 ok:normal!r',
  },
  {
    name: 'flapping within `keep_firing_for` is one episode',
    keep: 3,
    steps: '0 met:firing!f 1 ok:recovering 2 met:firing 3 ok:recovering 4 met:firing 5 ok:recovering 8 ok:normal!r',
  },
  {
    name: 'what is met again while recovering needs no new wait',
    for: 5,
    keep: 5,
    steps: '0 met:pending 5 met:firing!f 6 ok:recovering 7 met:firing',
  },
  {
    name: 'recovery counts anew after it was met',
    keep: 4,
    steps: '0 met:firing!f 1 ok:recovering 4 met:firing 5 ok:recovering 8 ok:recovering 9 ok:normal!r',
  },
  {
    name: 'flapping without a wait is told each time',
    steps: '0 met:firing!f 1 ok:normal!r 2 met:firing!f 3 ok:normal!r',
  },
  { name: 'one failed check changes nothing while normal', steps: '0 ok:normal 1 fail:normal 2 ok:normal' },
  { name: 'one failed check changes nothing while firing', steps: '0 met:firing!f 1 fail:firing 2 met:firing' },
  {
    name: 'one failed check changes nothing while pending',
    for: 5,
    steps: '0 met:pending 2 fail:pending 5 met:firing!f',
  },
  {
    name: 'one failed check changes nothing while recovering',
    keep: 4,
    steps: '0 met:firing!f 1 ok:recovering 3 fail:recovering 5 ok:normal!r',
  },
  { name: 'failures that last become the state', steps: '0 fail:normal 1 fail:normal 2 fail:error!f' },
  {
    name: 'failures that end before are forgotten',
    steps: '0 fail:normal 1 fail:normal 2 ok:normal 3 fail:normal 4 fail:normal 5 ok:normal',
  },
  { name: 'an error is over when it is not met', steps: '0 fail:normal 1 fail:normal 2 fail:error!f 3 ok:normal!r' },
  {
    name: 'an error that turns out met is told as firing',
    steps: '0 fail:normal 1 fail:normal 2 fail:error!f 3 met:firing!fr',
  },
  {
    name: 'an error that turns out met still waits',
    for: 3,
    steps: '0 fail:normal 1 fail:normal 2 fail:error!f 3 met:pending!r 6 met:firing!f',
  },
  {
    name: 'what fired goes on firing after an error, without a message',
    steps: '0 met:firing!f 1 fail:firing 2 fail:firing 3 fail:error 4 met:firing 5 ok:normal!r',
  },
  {
    name: 'what fired is over when it comes back from an error',
    steps: '0 met:firing!f 1 fail:firing 2 fail:firing 3 fail:error 4 ok:normal!r',
  },
  {
    name: 'what fired recovers slowly after an error',
    keep: 2,
    steps: '0 met:firing!f 1 fail:firing 2 fail:firing 3 fail:error 4 ok:recovering 6 ok:normal!r',
  },
  { name: 'no data is not met by default', steps: '0 met:firing!f 1 gap:normal!r 2 gap:normal' },
  { name: 'no data may count as met', noData: 'firing', steps: '0 ok:normal 1 gap:firing!f 2 ok:normal!r' },
  {
    name: 'no data that counts as met waits as well',
    noData: 'firing',
    for: 2,
    steps: '0 ok:normal 1 gap:pending 3 gap:firing!f',
  },
  {
    name: 'no data may be a state of its own, when it lasts',
    noData: 'no_data',
    steps: '0 ok:normal 1 gap:normal 2 gap:normal 3 gap:no_data!f 4 ok:normal!r',
  },
  {
    name: 'no data does not end what fires',
    noData: 'no_data',
    steps: '0 met:firing!f 1 gap:firing 2 gap:firing 3 gap:no_data 4 met:firing',
  },
  {
    name: 'no data that becomes an error is one story',
    noData: 'no_data',
    steps: '0 gap:normal 1 gap:normal 2 gap:no_data!f 3 fail:error 4 ok:normal!r',
  },
  {
    name: 'an error is an error whatever no data means',
    noData: 'ok',
    steps: '0 met:firing!f 1 fail:firing 2 fail:firing 3 fail:error',
  },
  { name: 'an instance that vanished is over', steps: '0 met:firing!f 1 missing:normal!r 2 missing:normal' },
  {
    name: 'an instance that vanished is missed where that matters',
    noData: 'no_data',
    steps: '0 ok:normal 1 missing:normal 2 missing:normal 3 missing:no_data!f',
  },
  {
    name: 'an instance that comes back is known',
    noData: 'no_data',
    steps: '0 ok:normal 1 missing:normal 2 missing:normal 3 missing:no_data!f 4 ok:normal!r',
  },
  { name: 'a silence tells nobody', silence: [0, 5], steps: '0 met:firing 1 met:firing 2 ok:normal' },
  {
    name: 'what still fires after a silence is told then',
    silence: [0, 3],
    steps: '0 met:firing 2 met:firing 3 met:firing!f 4 ok:normal!r',
  },
  {
    name: 'what was told before a silence is ended in it',
    silence: [1, 5],
    steps: '0 met:firing!f 2 met:firing 3 ok:normal!r',
  },
  {
    name: 'a silence also covers errors',
    silence: [0, 9],
    steps: '0 fail:normal 1 fail:normal 2 fail:error 3 ok:normal',
  },
  {
    name: 'a silence also covers missing data',
    silence: [0, 9],
    noData: 'no_data',
    steps: '0 gap:normal 1 gap:normal 2 gap:no_data 3 ok:normal',
  },
  {
    name: 'maintenance tells nobody, and is over at its end',
    maintenance: [0, 2],
    steps: '0 met:firing 1 met:firing 2 met:firing!f',
  },
  {
    name: 'a worse alert on the same metric mutes it',
    worse: [0, 3],
    steps: '0 met:firing 1 met:firing 3 met:firing!f',
  },
  { name: 'its cause mutes it', cause: [1, 9], for: 2, steps: '0 met:pending 2 met:firing 3 ok:normal' },
  { name: 'a cause that comes later ends nothing', cause: [1, 9], steps: '0 met:firing!f 2 met:firing 3 ok:normal!r' },
  {
    name: 'it is told again after `repeat`',
    repeat: 3,
    steps: '0 met:firing!f 2 met:firing 3 met:firing!f 5 met:firing 6 met:firing!f',
  },
  { name: 'without `repeat` it is told once', steps: '0 met:firing!f 60 met:firing 600 met:firing' },
  {
    name: 'what somebody acknowledged is not told again',
    repeat: 3,
    acknowledge: 1,
    steps: '0 met:firing!f 3 met:firing 6 met:firing 7 ok:normal!r',
  },
  {
    name: 'an acknowledgement ends with its episode',
    repeat: 3,
    acknowledge: 1,
    steps: '0 met:firing!f 3 met:firing 4 ok:normal!r 5 met:firing!f 8 met:firing!f',
  },
  {
    name: 'what recovers is not told again',
    repeat: 2,
    keep: 9,
    steps: '0 met:firing!f 1 ok:recovering 3 ok:recovering 5 met:firing!f',
  },
  {
    name: 'a restart while pending goes on waiting',
    for: 5,
    restart: [3],
    steps: '0 met:pending 3 met:pending 5 met:firing!f',
  },
  {
    name: 'a restart while firing tells nothing twice',
    restart: [1, 2],
    steps: '0 met:firing!f 1 met:firing 2 met:firing 3 ok:normal!r',
  },
  {
    name: 'a restart while recovering goes on',
    keep: 4,
    restart: [3],
    steps: '0 met:firing!f 1 ok:recovering 3 ok:recovering 5 ok:normal!r',
  },
  { name: 'failures are counted over a restart', restart: [2], steps: '0 fail:normal 1 fail:normal 2 fail:error!f' },
  {
    name: 'a long stop while pending starts the wait anew',
    for: 5,
    restart: [60],
    steps: '0 met:pending 60 met:pending 65 met:firing!f',
  },
  {
    name: 'a long stop while firing changes nothing',
    restart: [600],
    steps: '0 met:firing!f 600 met:firing 601 ok:normal!r',
  },
  {
    name: 'a clock that jumps ahead does not fire what was pending',
    for: 5,
    steps: '0 met:pending 1 met:pending 1000 met:pending 1005 met:firing!f',
  },
  {
    name: 'a clock that is set back waits anew',
    for: 5,
    steps: '100 met:pending 40 met:pending 44 met:pending 45 met:firing!f',
  },
  { name: 'a clock that is set back keeps what fires', steps: '100 met:firing!f 40 met:firing 41 ok:normal!r' },
]
