import { Argument, type Command } from 'commander'
import {
  type ChannelState,
  createDelivery,
  type Delivery,
  type DeliveryEntry,
  type TestResult,
} from '../../runtime/channels/index.ts'
import { callServer, readServerFile, type ServerFile } from '../../runtime/local-server/index.ts'
import { loadProject } from '../../runtime/project/index.ts'
import { openStore } from '../../runtime/store/index.ts'
import { wrongOption } from '../caller.ts'
import { type Call, type CommandModule, textOption } from '../command.ts'
import { textTable } from '../text-table.ts'

type Channels = Pick<Delivery, 'channels' | 'log' | 'test' | 'replay'> & { close(): Promise<void> }

export const command: CommandModule = {
  define,
  run: async (call) => {
    const [action, name] = call.args
    const org = textOption(call.options, 'org')
    const channels = await openChannels(call.project)
    try {
      if (action === 'test') return await test(call, channels, named(name, 'channel'), org)
      if (action === 'replay') return await replay(call, channels, named(name, 'delivery'))
      if (action === 'log') return await log(call, channels, name, org)
      return await list(call, channels, org)
    } finally {
      await channels.close()
    }
  },
}

function define(command: Command) {
  command
    .addArgument(new Argument('<action>', 'what to do').choices(['list', 'test', 'log', 'replay']))
    .argument('[name]', 'channel to test or to see the log of, or id of the delivery to send again')
    .option('--org <org>', 'only of this tenant')
}

/** Through the running server, or over the store itself. */
async function openChannels(dir: string): Promise<Channels> {
  const server = readServerFile(dir)
  if (server !== undefined) return remoteChannels(server)
  const { config, manifest } = await loadProject(dir)
  const store = await openStore(config.store)
  const delivery = createDelivery({ store, config, manifest: () => manifest })
  return {
    ...delivery,
    replay: async (id) => {
      await delivery.replay(id)
      await delivery.drain()
      return delivery.entry(id)
    },
    close: async () => {
      await delivery.stop()
      await store.close()
    },
  }
}

function remoteChannels(server: ServerFile): Channels {
  const get = (path: string, query: object) => {
    const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
    const search = new URLSearchParams(Object.fromEntries(given.map(([key, value]) => [key, String(value)])))
    return callServer(server, `/api/v1${path}?${search}`, { method: 'GET' })
  }
  return {
    channels: async (org) => ((await get('/channels', { org })) as { channels: ChannelState[] }).channels,
    log: async (filter) => ((await get('/deliveries', filter)) as { deliveries: DeliveryEntry[] }).deliveries,
    test: (name, org) => {
      const search = org === null ? '' : `?${new URLSearchParams({ org })}`
      return callServer(server, `/api/v1/channels/${encodeURIComponent(name)}/test${search}`) as Promise<TestResult>
    },
    replay: (id) => callServer(server, `/api/v1/deliveries/${encodeURIComponent(id)}/replay`) as Promise<DeliveryEntry>,
    close: async () => undefined,
  }
}

function named(name: string | undefined, what: string): string {
  if (name !== undefined) return name
  throw wrongOption(`Which ${what}?`, 'metrics channels list shows the channels, metrics channels log the deliveries.')
}

async function test({ out }: Call, channels: Channels, name: string, org: string | undefined): Promise<number> {
  const result = await channels.test(name, org ?? null)
  if (out.json) out.result(result)
  else if (result.ok) out.print(`${out.colors.green('✓')} ${name} took the test message in ${result.ms} ms.`)
  else out.print(`${out.colors.red('✗')} ${name} did not take the test message: ${result.error}`)
  return result.ok ? 0 : 1
}

async function replay({ out }: Call, channels: Channels, id: string): Promise<number> {
  const entry = await channels.replay(id)
  if (out.json) out.result(entry)
  else out.print(entry.state === 'delivered' ? `Delivery ${id} was sent again.` : `Delivery ${id} is on its way again.`)
  return 0
}

async function list({ out }: Call, channels: Channels, org: string | undefined): Promise<number> {
  const states = await channels.channels(org)
  if (out.json) out.result({ channels: states })
  else if (states.length === 0) out.print('The project declares no channels.')
  else {
    const titles = ['name', 'type', 'last message', 'state', 'waiting']
    const rows = states.map(({ last, name, problem, type, waiting }) => [
      name,
      type,
      last === null ? '—' : timeOf(last.created_at),
      problem ?? (last === null ? 'not used yet' : (last.error ?? last.state)),
      String(waiting),
    ])
    out.print(table(titles, rows, out.colors.bold))
  }
  return 0
}

async function log({ out }: Call, channels: Channels, channel: string | undefined, org?: string): Promise<number> {
  const entries = await channels.log({ channel, org, limit: 50 })
  if (out.json) out.result({ deliveries: entries })
  else if (entries.length === 0) out.print('Nothing was sent yet.')
  else {
    const titles = ['id', 'time', 'tenant', 'channel', 'title', 'state', 'attempts', 'reason']
    const rows = entries.map((entry) => [
      entry.id,
      timeOf(entry.created_at),
      entry.org ?? '—',
      entry.channel,
      entry.title.slice(0, 60),
      entry.state,
      String(entry.attempts),
      entry.error ?? '',
    ])
    out.print(table(titles, rows, out.colors.bold))
  }
  return 0
}

const table = (titles: readonly string[], rows: readonly (readonly string[])[], bold: (text: string) => string) =>
  textTable(
    titles.map((title) => ({ title })),
    rows.map((row) => [...row]),
    bold,
  )

const timeOf = (date: Date | string) => new Date(date).toISOString().slice(0, 16).replace('T', ' ')
