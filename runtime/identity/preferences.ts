import { type Static, type TSchema, Type } from '@sinclair/typebox'
import type { SEVERITIES } from '../definitions/index.ts'
import { readPreferences, type Store, writePreferences } from '../store/index.ts'

const WAYS = ['in_app', 'email'] as const
type Way = (typeof WAYS)[number]

const oneOf = <const T extends string>(values: readonly T[]) => Type.Unsafe<T>({ type: 'string', enum: [...values] })
const record = <T extends TSchema>(value: T, description: string) =>
  Type.Record(Type.String({ minLength: 1, maxLength: 200 }), value, { description })
const Ways = Type.Array(oneOf(WAYS), { uniqueItems: true, description: 'How to be told; none is to be left alone.' })
const page = { pattern: '^/(?![/\\\\])[^\\s\\\\]*$', maxLength: 500 }

export const NotificationPreferences = Type.Object(
  {
    severities: Type.Optional(
      Type.Object(
        { info: Type.Optional(Ways), warning: Type.Optional(Ways), critical: Type.Optional(Ways) },
        { additionalProperties: false, description: 'How to be told of alerts, by how bad they are.' },
      ),
    ),
    alerts: Type.Optional(record(Ways, 'How to be told of single alerts, whatever their severity.')),
  },
  { additionalProperties: false },
)

/** What people set for themselves; what is left out is as the project has it. */
export const Preferences = Type.Object(
  {
    theme: Type.Optional(oneOf(['system', 'light', 'dark'])),
    favourites: Type.Optional(Type.Array(Type.String(page), { maxItems: 100, uniqueItems: true })),
    default_page: Type.Optional(Type.String(page)),
    timezone: Type.Optional(Type.String({ maxLength: 64, description: '`project`, `browser` or an IANA name.' })),
    locale: Type.Optional(Type.String({ maxLength: 35, description: 'How numbers are written: `browser` or BCP 47.' })),
    notifications: Type.Optional(NotificationPreferences),
  },
  { additionalProperties: false, description: 'Only what is named changes; null sets it back.' },
)
export type Preferences = Static<typeof Preferences>

/** With every default filled in. */
export interface NotificationSettings {
  readonly severities: Readonly<Record<(typeof SEVERITIES)[number], readonly Way[]>>
  readonly alerts: Readonly<Record<string, readonly Way[]>>
}

const DEFAULT_WAYS: NotificationSettings['severities'] = {
  info: ['in_app'],
  warning: ['in_app'],
  critical: ['in_app'],
}

export async function preferencesOf(store: Store, owner: string): Promise<Preferences> {
  return ((await readPreferences(store.db, owner)) ?? {}) as Preferences
}

/** Changes what is named; undefined sets a preference back. */
export async function changePreferences(
  store: Store,
  { owner, org }: { readonly owner: string; readonly org: string | null },
  changes: Readonly<Record<string, unknown>>,
): Promise<Preferences> {
  const merged = Object.entries({ ...(await preferencesOf(store, owner)), ...changes })
  const value = Object.fromEntries(merged.filter(([, set]) => set !== undefined && set !== null))
  await writePreferences(store.db, owner, org, value)
  return value as Preferences
}

/** How a person wants to be told of alerts; `owner` is that of their caller, `account:<id>` for accounts. */
export async function notificationPreferencesOf(store: Store, owner: string): Promise<NotificationSettings> {
  return withDefaults(await preferencesOf(store, owner))
}

export function withDefaults({ notifications = {} }: Preferences): NotificationSettings {
  return {
    severities: { ...DEFAULT_WAYS, ...notifications.severities },
    alerts: notifications.alerts ?? {},
  }
}

/** Whether somebody is told of an alert in a way: what is said of it counts before its severity. */
export function tellsOf(
  { alerts, severities }: NotificationSettings,
  { alert, severity }: { readonly alert: string; readonly severity: string },
  way: Way,
): boolean {
  const ways = alerts[alert] ?? Object.entries(severities).find(([name]) => name === severity)?.[1] ?? []
  return ways.includes(way)
}

/** True where a change asks for mails that there were none of before. */
export function asksForMail(
  before: NotificationSettings,
  { alerts = {}, severities = {} }: NotificationChange,
): boolean {
  const asks = (now: Ways, then: Ways) =>
    Object.entries(now).some(([name, ways]) => ways?.includes('email') && !then[name]?.includes('email'))
  return asks(severities, before.severities) || asks(alerts, before.alerts)
}

type Ways = Readonly<Record<string, readonly Way[] | undefined>>
type NotificationChange = Static<typeof NotificationPreferences>

/** What somebody is not told of: what is said of an alert counts before its severity. */
interface Unwanted {
  readonly severities: readonly string[]
  readonly alerts: readonly string[]
  /** Alerts that are told of whatever their severity. */
  readonly but: readonly string[]
}

export function unwantedBy({ alerts, severities }: NotificationSettings): Unwanted {
  const without = (ways: Readonly<Record<string, readonly Way[]>>) =>
    Object.entries(ways).flatMap(([name, chosen]) => (chosen.includes('in_app') ? [] : [name]))
  const muted = without(alerts)
  return {
    severities: without(severities),
    alerts: muted,
    but: Object.keys(alerts).filter((name) => !muted.includes(name)),
  }
}
