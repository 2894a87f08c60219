import type { Message } from '../../channels/index.ts'
import type { Channel } from '../../definitions/index.ts'
import { ownKeyOf } from '../checks/series.ts'
import { type Instance, nameOfLabels } from '../instance.ts'
import type { Rule, Severity } from '../rule.ts'

interface News {
  readonly group: string
  readonly status: 'firing' | 'resolved' | 'acknowledged'
  /** What is new. */
  readonly news: readonly Instance[]
  /** All that belongs to the incident now. */
  readonly members: readonly Instance[]
  readonly now: number
  /** Who did it. */
  readonly by?: string
}

/** The same news for each channel of an alert. */
export function messagesOf(rule: Rule, channels: readonly Channel[], news: News): readonly Message[] {
  const names = new Set(channels.map(({ name }) => name))
  const message = messageOf(rule, news)
  return (rule.alert.notify ?? []).filter((name) => names.has(name)).map((channel) => ({ ...message, channel }))
}

const MOST_LISTED = 20
const RANK: readonly Severity[] = ['info', 'warning', 'critical']

function messageOf(rule: Rule, { by, group, members, news, now, status }: News): Omit<Message, 'channel'> {
  const worst = RANK.findLast((severity) => news.some((one) => one.severity === severity)) ?? rule.severity
  // The most severe comes first: a whole budget says more than half of it.
  const listed = [...news].sort(
    (a, b) => RANK.indexOf(b.severity) - RANK.indexOf(a.severity) || (b.value ?? 0) - (a.value ?? 0),
  )
  const [first] = listed
  const name = members.length === 1 && first !== undefined ? nameOfLabels(first.labels) : `${members.length} instances`
  const about = name === '' ? rule.title : `${rule.title}: ${name}`
  const episode = Math.max(...news.map((one) => one.state.firingSince ?? one.state.since))
  const count = Math.max(...news.map((one) => one.notified?.count ?? 0))
  return {
    key: `${group}#${status}#${status === 'firing' ? episode : now}#${count}`,
    org: first?.org ?? null,
    kind: 'alert',
    status,
    severity: worst,
    group,
    title: `${prefixOf(status, first)}${about}`,
    text: textOf(rule, listed, status, by),
    fields: fieldsOf(rule, listed, status),
    links: [{ label: 'Open the alert', href: `/alerts?alert=${encodeURIComponent(rule.name)}` }, ...runbookOf(rule)],
    at: new Date(now),
    about: {
      alert: rule.name,
      instances: [...new Set(listed.map(({ labels }) => ownKeyOf(rule.alert.by ?? [], labels)))],
    },
  }
}

function prefixOf(status: News['status'], first: Instance | undefined): string {
  if (status === 'resolved') return 'Resolved: '
  if (status === 'acknowledged') return 'Acknowledged: '
  if (first?.state.status === 'error') return 'Cannot be checked: '
  return first?.state.status === 'no_data' ? 'No data: ' : ''
}

function textOf(rule: Rule, listed: readonly Instance[], status: News['status'], by: string | undefined): string {
  const lines = listed.slice(0, MOST_LISTED).map(({ detail, labels }) => {
    const name = listed.length > 1 ? nameOfLabels(labels) : ''
    return name === '' ? detail.text : `${name}: ${detail.text}`
  })
  const more = listed.length > MOST_LISTED ? [`… and ${listed.length - MOST_LISTED} more.`] : []
  const whose = by === undefined ? [] : [`By ${by}.`]
  const help = status === 'firing' ? [rule.alert.description, textRunbook(rule)] : []
  return [...lines, ...more, ...whose, ...help].filter((line) => line !== undefined && line !== '').join('\n')
}

function fieldsOf(rule: Rule, listed: readonly Instance[], status: News['status']): Message['fields'] {
  const [first] = listed
  const labels = listed.length === 1 ? Object.entries(first?.labels ?? {}) : []
  const since = first?.state.firingSince ?? first?.notified?.at
  return [
    ...labels.map(([label, value]) => ({ label, value: String(value ?? 'unknown') })),
    ...(listed.length === 1 ? (first?.detail.fields ?? []) : []),
    { label: 'Condition', value: rule.check.words },
    ...(since == null || status === 'resolved' ? [] : [{ label: 'Since', value: new Date(since).toISOString() }]),
    ...(rule.alert.owner === undefined ? [] : [{ label: 'Owner', value: rule.alert.owner }]),
  ]
}

const isLink = (text: string | undefined): text is string => text !== undefined && /^https?:\/\/\S+$/.test(text)
const runbookOf = ({ alert }: Rule) => (isLink(alert.runbook) ? [{ label: 'Runbook', href: alert.runbook }] : [])
const textRunbook = ({ alert }: Rule) =>
  isLink(alert.runbook) || alert.runbook === undefined ? undefined : `What to do: ${alert.runbook}`

/** Whoever was told that a rule fires is told that it is no more: an incident elsewhere would stay open for ever. */
export function removalMessages(
  instances: readonly Instance[],
  channels: readonly Channel[],
  now: number,
): readonly Message[] {
  const names = new Set(channels.map(({ name }) => name))
  const groups = new Map(instances.map((instance) => [instance.notified?.under?.group, instance]))
  return [...groups.values()].flatMap(({ alert, notified, org, severity }) => {
    if (notified?.under === undefined) return []
    const { title, group, channels: told } = notified.under
    const message = {
      key: `${group}#removed#${notified.at}#${notified.count}`,
      ...{ org, group, severity },
      kind: 'alert' as const,
      status: 'resolved' as const,
      title: `Resolved: ${title}`,
      text: `The rule \`${alert}\` was taken out of the project or renamed while it fired: it is not checked any more.`,
      fields: [],
      links: [],
      at: new Date(now),
      about: { alert, instances: [] },
    }
    return told.filter((name) => names.has(name)).map((channel) => ({ ...message, channel }))
  })
}

/** What a platform may act on goes to the webhooks of the alert. */
export function limitMessages(
  rule: Rule,
  channels: readonly Channel[],
  news: readonly Instance[],
  now: number,
): readonly Message[] {
  const hooks = channels.filter(({ name, type }) => type === 'webhook' && (rule.alert.notify ?? []).includes(name))
  return news.flatMap((instance) => {
    const { event } = instance.detail
    if (event === undefined || instance.state.status !== 'firing' || instance.notified !== null) return []
    const key = `${instance.id}#${event.type}#${instance.state.firingSince}`
    const data = { org: instance.org, alert: rule.name, ...event.data }
    return hooks.map(({ name }) => ({
      key,
      org: instance.org,
      channel: name,
      kind: 'budget_limit' as const,
      status: 'firing' as const,
      severity: instance.severity,
      group: key,
      title: rule.title,
      text: instance.detail.text,
      fields: instance.detail.fields ?? [],
      links: [],
      at: new Date(now),
      event: { type: event.type, data },
    }))
  })
}
