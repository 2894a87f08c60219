import { createHash, randomUUID } from 'node:crypto'
import type { Manifest } from '../compiler/index.ts'
import type { ResolvedConfig } from '../config/index.ts'
import type { Channel } from '../definitions/index.ts'
import { fail, suggest } from '../diagnostics/index.ts'
import type { DeliveryRow, Store } from '../store/index.ts'
import type { Message } from './message.ts'
import { createAddressGuard } from './outbound/address-guard.ts'
import { createPost, type Post } from './outbound/post.ts'
import { type Claim, claimDue } from './outbox/claim.ts'
import { enqueue } from './outbox/enqueue.ts'
import { type DeliveryEntry, type LogFilter, readDelivery, readLog, requeue } from './outbox/log.ts'
import { readMessage } from './outbox/read-message.ts'
import { type Next, record } from './outbox/record.ts'
import { tidy } from './outbox/tidy.ts'
import { type FindReaders, mailingLists, mailReaders } from './personal-mail.ts'
import { RETRY, type RetryRules, waitAfter } from './retry.ts'
import { type Environment, resolveSecrets, withoutSecrets } from './secrets.ts'
import { createMailer, type Outcome, send } from './senders/index.ts'

export interface DeliveryOptions {
  readonly store: Store
  /** The definitions that are live. */
  readonly manifest: () => Manifest
  readonly config: Pick<ResolvedConfig, 'mail' | 'delivery' | 'server'>
  /** Who wants alerts of the notification centre by e-mail too; nobody by default. */
  readonly readersOf?: FindReaders
  readonly env?: Environment
  readonly now?: () => Date
  readonly random?: () => number
  readonly post?: Post
  readonly retry?: Partial<RetryRules>
  /** Milliseconds after which another instance takes over what one left unfinished. */
  readonly lease?: number
  /** Milliseconds between two looks into the outbox. */
  readonly every?: number
  readonly onTrouble?: (error: unknown) => void
}

/** Takes messages out of the outbox and sends them: each at least once, and twice only when a process died in between. */
export interface Delivery {
  start(): void
  /** Sends what is being sent, and nothing more. */
  stop(): Promise<void>
  /** Sends what is due now; gives the number of attempts. */
  drain(): Promise<number>
  /** Sends a message that says it is a test, now, and tells what became of it. */
  test(channel: string, org: string | null): Promise<TestResult>
  log(filter: LogFilter): Promise<readonly DeliveryEntry[]>
  entry(id: string, org?: string | null): ReturnType<typeof readDelivery>
  /** Sends again what was delivered or given up. */
  replay(id: string, org?: string | null): Promise<DeliveryEntry>
  channels(org: string | null | undefined): Promise<readonly ChannelState[]>
  /** Why mails to single people cannot be sent; null where they can. */
  mailProblem(): string | null
}

export interface TestResult {
  readonly ok: boolean
  readonly id: string
  readonly ms: number
  readonly response: string | null
  readonly error: string | null
}

export interface ChannelState {
  readonly name: string
  readonly type: Channel['type']
  readonly description: string | null
  /** What has to be set up before it works. */
  readonly problem: string | null
  readonly last: Pick<DeliveryEntry, 'id' | 'state' | 'title' | 'created_at' | 'done_at' | 'error'> | null
  readonly waiting: number
}

const BATCH = 16
const HOUR = 3_600_000

export function createDelivery(options: DeliveryOptions): Delivery {
  const { config, manifest, store } = options
  const { db } = store
  const { env = process.env, now = () => new Date(), random = Math.random, lease = 90_000, every = 1_000 } = options
  const rules = { ...RETRY, attempts: config.delivery.attempts, ...options.retry }
  const post = options.post ?? createPost({ guard: createAddressGuard(config.delivery.allowInternal) })
  const mailer = createMailer(config.mail)
  const owner = randomUUID()
  let running = false
  let timer: NodeJS.Timeout | undefined
  let work: Promise<unknown> = Promise.resolve()
  let tidied = 0

  const channelOf = (name: string) => manifest().channels.find((channel) => channel.name === name)
  const claim = (more: Partial<Claim> = {}) =>
    claimDue(db, { owner, now: now(), lease, limit: BATCH, ordered: orderedChannels(manifest()), ...more })

  const attempt = async (row: DeliveryRow): Promise<Outcome & { readonly ms: number }> => {
    const started = performance.now()
    const outcome = await sendRow(row).catch((error: unknown): Outcome => {
      options.onTrouble?.(error)
      return { ok: false, error: `A mistake of ours: ${String(error)}`, response: null, retry: true }
    })
    const ms = Math.round(performance.now() - started)
    const error = outcome.ok ? null : outcome.error
    const next = nextStep(outcome, row, rules, now(), random)
    await record(db, row, { ok: outcome.ok, ms, response: outcome.response, error }, next, now())
    return { ...outcome, ms }
  }
  const sendRow = async (row: DeliveryRow): Promise<Outcome> => {
    const declared = channelOf(row.channel)
    if (declared === undefined) return lost(`There is no channel ${row.channel} any more.`)
    const message = withAddresses(await readMessage(db, row), config.server)
    const resolved = resolveSecrets(withRecipients(declared, message), env)
    if ('missing' in resolved) return unset(resolved.missing)
    const sending = { channel: resolved.value, message, id: messageId(row), post }
    const outcome = await send(sending, { db, mailer })
    if (outcome.ok && declared.type === 'in_app') await tellReaders(message)
    return outcome.ok ? outcome : { ...outcome, error: withoutSecrets(outcome.error, resolved.secrets) }
  }
  const mailChannel = () => {
    const declared = manifest().channels.find(({ type }) => type === 'email')
    if (declared === undefined) return { problem: 'The project declares no channel of the type email.' }
    const problem = problemIn(declared)
    return problem === null ? { name: declared.name } : { problem }
  }
  const problemIn = (channel: Manifest['channels'][number]) => {
    const resolved = resolveSecrets(channel, env)
    return 'missing' in resolved ? unset(resolved.missing).error : problemOf(channel, config.mail)
  }
  const tellReaders = async (message: Message) => {
    const { name } = mailChannel()
    if (name === undefined || message.kind !== 'alert' || options.readersOf === undefined) return
    const lists = mailingLists(manifest().channels, env)
    await mailReaders(message, { db, channel: name, lists, now: now(), readers: await options.readersOf(message) })
  }
  const drain = async () => {
    let attempts = 0
    for (;;) {
      const rows = await claim()
      await Promise.all(rows.map(attempt))
      attempts += rows.length
      if (rows.length === 0) return attempts
    }
  }
  const round = async () => {
    await drain()
    if (now().getTime() - tidied < HOUR) return
    tidied = now().getTime()
    await tidy(db, now())
  }
  const loop = () => {
    work = round()
      .catch((error: unknown) => options.onTrouble?.(error))
      .finally(() => {
        if (running) timer = setTimeout(loop, every)
      })
  }
  return {
    start: () => {
      if (running) return
      running = true
      loop()
    },
    stop: async () => {
      running = false
      clearTimeout(timer)
      await work
      mailer.close()
    },
    drain,
    test: async (channel, org) => {
      knownChannel(manifest(), channel)
      const message = testMessage(channel, org, now())
      await enqueue(db, [message], now())
      const { id } = await db
        .selectFrom('deliveries')
        .select('id')
        .where('key', '=', message.key)
        .executeTakeFirstOrThrow()
      // A server that runs beside may have been quicker.
      const [row] = await claim({ id })
      if (row === undefined) return watch(db, String(id))
      const outcome = await attempt({ ...row, attempts: rules.attempts })
      const error = outcome.ok ? null : outcome.error
      return { ok: outcome.ok, id: String(id), ms: outcome.ms, response: outcome.response, error }
    },
    log: (filter) => readLog(db, filter),
    entry: (id, org) => readDelivery(db, id, org),
    mailProblem: () => mailChannel().problem ?? null,
    replay: (id, org) => requeue(db, id, org, now()),
    channels: async (org) => Promise.all(manifest().channels.map((channel) => stateOf(channel, org))),
  }

  async function stateOf(channel: Manifest['channels'][number], org: string | null | undefined): Promise<ChannelState> {
    const [last] = await readLog(db, { org, channel: channel.name, limit: 1 })
    const waiting = await readLog(db, { org, channel: channel.name, state: 'pending', limit: 1000 })
    return {
      name: channel.name,
      type: channel.type,
      description: channel.description ?? null,
      problem: problemIn(channel),
      last: last === undefined ? null : pick(last),
      waiting: waiting.length,
    }
  }
}

/** Mails arrive in the order in which they were written. */
const orderedChannels = ({ channels }: Manifest) =>
  channels.filter(({ type }) => type === 'email' || type === 'in_app').map(({ name }) => name)

function nextStep(outcome: Outcome, row: DeliveryRow, rules: RetryRules, now: Date, random: () => number): Next {
  if (outcome.ok) return { state: 'delivered' }
  if (!outcome.retry || row.attempts >= rules.attempts) return { state: 'dead' }
  const wait = Math.max(outcome.after ?? 0, waitAfter(rules, row.attempts, random))
  return { retryAt: new Date(now.getTime() + wait) }
}

const lost = (error: string): Outcome => ({ ok: false, error, response: null, retry: false })

const unset = (names: readonly string[]) => ({
  ok: false as const,
  error: `The environment variable ${names.join(' and ')} is not set where the server runs.`,
  response: null,
  retry: true,
})

const problemOf = ({ type }: Channel, mail: ResolvedConfig['mail']) =>
  type === 'email' && mail === null ? 'Mail is not set up: add `mail: { smtp, from }` to metrics.config.ts.' : null

/** Where a message names its own addresses, those of the channel do not matter. */
const withRecipients = (channel: Channel, { to }: Message): Channel =>
  channel.type === 'email' && to !== undefined ? { ...channel, to: [...to] } : channel

/** The same for every attempt and every replay. */
const messageId = ({ channel, key, org }: DeliveryRow) =>
  `msg_${createHash('sha256')
    .update(JSON.stringify([org, channel, key]))
    .digest('hex')
    .slice(0, 28)}`

function withAddresses(message: Message, { port, url }: ResolvedConfig['server']): Message {
  const base = (url ?? `http://localhost:${port}`).replace(/\/$/, '')
  const links = message.links.map(({ href, label }) => ({
    label,
    href: href.startsWith('/') ? `${base}${href}` : href,
  }))
  return { ...message, links }
}

function knownChannel({ channels }: Manifest, name: string) {
  if (channels.some((channel) => channel.name === name)) return
  const names = channels.map((channel) => channel.name)
  const hint =
    suggest(name, names) ?? (names.length === 0 ? 'The project declares none.' : `There are: ${names.join(', ')}.`)
  fail('AM8001', `There is no channel ${name}.`, { hint })
}

const testMessage = (channel: string, org: string | null, at: Date): Message => {
  const key = `test:${randomUUID()}`
  return {
    key,
    org,
    channel,
    kind: 'test',
    status: 'info',
    severity: 'info',
    group: key,
    title: `Test of the channel ${channel}`,
    text: 'If you read this, the channel works. Nothing happened and nothing has to be done.',
    fields: [],
    links: [{ label: 'Open the dashboard', href: '/' }],
    at,
  }
}

async function watch(db: Store['db'], id: string): Promise<TestResult> {
  for (let tries = 0; ; tries += 1) {
    const { state, tries: attempts } = await readDelivery(db, id)
    const last = attempts.at(-1)
    if (last !== undefined || tries > 300)
      return {
        ok: state === 'delivered',
        id,
        ms: last?.ms ?? 0,
        response: last?.response ?? null,
        error: last?.error ?? 'It is still on its way.',
      }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const pick = ({ created_at, done_at, error, id, state, title }: DeliveryEntry) => ({
  id,
  state,
  title,
  created_at,
  done_at,
  error,
})
