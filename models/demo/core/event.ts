/**
 * A CloudEvent with two extension attributes: the organisation it belongs to (over HTTP the API key says so) and
 * the instant it was received, later than `time` for what arrived late.
 */
export interface DemoEvent {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject: string
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly orgid: string
  readonly receivedtime: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Systems that events come from. By the first part of the path they are told from those of real ones. */
type Source = 'agents' | 'directory' | 'git' | 'platform' | 'security' | 'compliance'

/** An event before it knows its organisation; times are milliseconds. */
export interface Happening {
  readonly id: string
  readonly source: Source
  readonly type: string
  readonly subject: string
  readonly time: number
  readonly received: number
  readonly data: Readonly<Record<string, unknown>>
}

export function toEvent(org: string, happening: Happening): DemoEvent {
  return {
    specversion: '1.0',
    id: happening.id,
    source: `/demo/${happening.source}`,
    type: happening.type,
    subject: happening.subject,
    time: new Date(happening.time).toISOString(),
    datacontenttype: 'application/json',
    orgid: org,
    receivedtime: new Date(happening.received).toISOString(),
    data: happening.data,
  }
}

export const round = (value: number, digits = 6) => Math.round(value * 10 ** digits) / 10 ** digits

/** The day of an instant as it stands in ids, such as 20260310. */
export const dayName = (time: number) => new Date(time).toISOString().slice(0, 10).replaceAll('-', '')
