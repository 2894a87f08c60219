import type { Widget } from '../../runtime/definitions/index.ts'
import { createStore } from './external-store.ts'
import type { Compare, DashboardInfo, Preset } from './project.ts'
import { getJson, sendJson } from './request.ts'

const AT = '/api/v1/personal-dashboards'

/** A dashboard as in a file. */
export interface Definition {
  readonly name: string
  readonly title: string
  readonly path?: string
  readonly description?: string
  readonly icon?: string
  readonly range?: Preset
  readonly compare?: Compare
  readonly filters?: readonly string[]
  readonly rows: readonly { readonly title?: string; readonly widgets: readonly Widget[] }[]
}

export interface PersonalOutline {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly shared: boolean
  readonly mine: boolean
  /** Who made it, as people call them. */
  readonly owner: string
  /** The dashboard of the project that it is a copy of. */
  readonly origin: string | null
  readonly changed_at: string
}

export interface Diagnosis {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly hint?: string
  /** `<row>_<widget>`, from 1; null where it is about the whole. */
  readonly widget?: string | null
}

export interface DrawnDraft {
  readonly dashboard: DashboardInfo | null
  readonly diagnostics: readonly Diagnosis[]
}

export interface PersonalDashboard extends PersonalOutline, DrawnDraft {
  readonly definition: Definition | null
}

export interface ExportedDashboard {
  readonly file: string
  readonly content: string
  /** For `git apply`; empty where nothing differs. */
  readonly patch: string
  readonly kind: 'change' | 'addition'
  readonly diagnostics: readonly Diagnosis[]
}

interface Listed {
  readonly dashboards: readonly PersonalOutline[]
  /** Whether the caller may propose changes of the project here. */
  readonly pullRequests: boolean
}

/** Dashboards that the caller made, and those that others share. */
export const personalDashboards = createStore<Listed>({ dashboards: [], pullRequests: false })

export async function loadPersonalDashboards() {
  try {
    personalDashboards.set(await getJson<Listed>(AT))
  } catch {
    // The pages of the project are there without them.
  }
}

export const readDashboard = (id: string, signal: AbortSignal) => getJson<PersonalDashboard>(`${AT}/${id}`, signal)

/** What a definition looks like, with all that is wrong with it; kept nowhere. */
export const drawDraft = (definition: Definition) => sendJson<DrawnDraft>('POST', `${AT}/preview`, { definition })

interface Change {
  readonly definition: Definition
  readonly shared?: boolean
  /** Refused where it was changed since. */
  readonly changed_at?: string
}

export const createDashboard = (made: { readonly from: string } | Omit<Change, 'changed_at'>) =>
  sent<PersonalDashboard>('POST', AT, made)
export const changeDashboard = (id: string, change: Change) => sent<PersonalDashboard>('PUT', `${AT}/${id}`, change)
export const deleteDashboard = (id: string) => sent<PersonalOutline>('DELETE', `${AT}/${id}`)
export const addWidget = (id: string, widget: Widget) =>
  sent<PersonalDashboard>('POST', `${AT}/${id}/widgets`, { widget })
export const exportDashboard = (id: string) => getJson<ExportedDashboard>(`${AT}/${id}/export`)
export const openPullRequest = (id: string, request: { readonly title: string; readonly body: string }) =>
  sendJson<{ readonly url: string }>('POST', `${AT}/${id}/pull-request`, request)

async function sent<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const answer = await sendJson<T>(method, path, body)
  void loadPersonalDashboards()
  return answer
}

/** A title as a name of files, that is none of those taken. */
export function nameFor(title: string, taken: readonly string[]): string {
  const letters = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
  const stem = letters.replace(/^[^a-z]+|_+$/g, '').slice(0, 50) || 'dashboard'
  let name = stem
  for (let turn = 2; taken.includes(name); turn += 1) name = `${stem}_${turn}`
  return name
}
