import type { Channel } from '../../../definitions/index.ts'
import { oneOf, suggest } from '../../../diagnostics/index.ts'
import type { Located } from '../../manifest.ts'
import { byName, type Declared, inside, items, located, type Project, uniqueByName } from '../../project/index.ts'

/** The channels that can be reached. */
export function compileChannels(project: Project): readonly (Channel & Located)[] {
  const unique = [...uniqueByName(project.report, 'AM1802', 'Channel', project.declarations.channels).values()]
  return unique
    .filter((channel) => checkChannel(project, channel))
    .map((channel) => ({ ...channel.value, ...located(channel) }))
    .sort(byName)
}

function checkChannel(project: Project, channel: Declared<Channel>): boolean {
  const { value } = channel
  for (const key of ['routing_key', 'api_key', 'secret'] as const) {
    const secret = key in value ? (value as Readonly<Record<string, unknown>>)[key] : undefined
    if (typeof secret === 'string') warnAboutSecret(project, inside(channel, [key], secret), key)
  }
  if ('to' in value)
    return items(channel, 'to', value.to)
      .map((to) => checkAddress(project, to))
      .every(Boolean)
  return !('url' in value) || value.url === undefined || checkUrl(project, inside(channel, ['url'], value.url))
}

const isFromEnvironment = (text: string) => text.includes('${env:')

function warnAboutSecret({ report }: Project, secret: Declared<string>, key: string): void {
  if (isFromEnvironment(secret.value)) return
  report('AM1815', `\`${key}\` stands in the file, where everyone who reads the repository sees it.`, {
    at: secret.at(),
    hint: `Write \`\${env:NAME}\` and set the variable where the server runs.`,
  })
}

function checkAddress({ report }: Project, address: Declared<string>): boolean {
  if (isFromEnvironment(address.value) || /^[^\s@<>]+@[^\s@<>]+$|^[^<>]+<[^\s@<>]+@[^\s@<>]+>$/.test(address.value))
    return true
  report('AM1816', `\`${address.value}\` is no e-mail address.`, {
    at: address.at(),
    hint: 'Write `name@example.org`.',
  })
  return false
}

function checkUrl({ report }: Project, url: Declared<string>): boolean {
  if (isFromEnvironment(url.value) || (/^https?:\/\//.test(url.value) && URL.canParse(url.value))) return true
  report('AM1816', `\`${url.value}\` is no address that a message could be sent to.`, {
    at: url.at(),
    hint: 'Write `https://…`, or `${env:NAME}`.',
  })
  return false
}

/** Reports channels that are not there, and that nobody is told. */
export function checkNotify(
  project: Project,
  declared: Declared<{ readonly name: string; readonly notify?: readonly string[]; readonly enabled?: boolean }>,
  what: string,
): boolean {
  const { broken, declarations, report } = project
  const names = declarations.channels.map(({ value }) => value.name)
  const { enabled, name, notify = [] } = declared.value
  if (notify.length === 0 && enabled !== false) {
    const hint =
      names.length === 0 ? 'Declare a channel and name it in `notify`.' : `Add \`notify\` with ${oneOf(names)}.`
    report('AM1805', `The ${what} \`${name}\` notifies nobody.`, { at: declared.at(['name']), hint })
  }
  const unknown = items(declared, 'notify', notify).filter(
    ({ value }) => !names.includes(value) && !broken.has('channels', value),
  )
  for (const channel of unknown) {
    const hint = suggest(channel.value, names) ?? 'Declare it under `channels:`.'
    report('AM1804', `There is no channel \`${channel.value}\`.`, { at: channel.at(), hint })
  }
  return unknown.length === 0
}
