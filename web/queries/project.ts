import type { QueryDefinition, Widget } from '../../runtime/definitions/index.ts'
import type { MetricFormat } from '../format/value.ts'

export type Preset = 'today' | '7d' | '30d' | '90d' | '12m'
export type Compare = 'previous_period' | 'previous_year' | 'none'

export interface MetricInfo {
  readonly name: string
  readonly label: string
  readonly description: string
  readonly category: string | null
  readonly format: MetricFormat
  readonly direction: 'up' | 'down' | 'neutral'
  readonly thresholds: { readonly good: number; readonly warn: number } | null
  /** True where values of parts add up to that of the whole. */
  readonly additive: boolean
  /** False where its rows have no time: no range applies to it. */
  readonly timed: boolean
}

export interface DimensionInfo {
  readonly name: string
  readonly label: string
  readonly description: string
  readonly type: string
}

export interface WidgetInfo {
  readonly id: string
  readonly title: string
  readonly width: number
  readonly definition: Widget
  readonly query: QueryDefinition | null
}

export interface DashboardInfo {
  readonly name: string
  readonly title: string
  readonly path: string
  readonly description: string
  readonly icon: string | null
  readonly range: Preset
  readonly compare: Compare
  readonly rows: readonly { readonly title: string | null; readonly widgets: readonly WidgetInfo[] }[]
}

/** What the server tells about the project: everything on the pages comes from it. */
export interface Project {
  readonly name: string
  readonly timezone: string
  readonly weekStart: 'monday' | 'sunday'
  readonly today: string
  readonly caller: { readonly org: string | null; readonly role: string; readonly user: string | null }
  readonly metrics: readonly MetricInfo[]
  readonly dimensions: readonly DimensionInfo[]
  readonly dashboards: readonly DashboardInfo[]
}

export async function fetchProject(): Promise<Project> {
  const response = await fetch('/api/v1/project')
  if (response.status === 401) {
    location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`)
    return new Promise(() => undefined)
  }
  if (!response.ok) throw new Error(await reasonOf(response))
  return response.json() as Promise<Project>
}

export async function reasonOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => null)) as { detail?: string } | null
  return problem?.detail ?? `The server answered ${response.status}.`
}
