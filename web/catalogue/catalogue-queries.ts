import { useEffect, useState } from 'react'
import type { MetricFormat } from '../format/value.ts'
import { refreshes } from '../queries/connection.ts'
import { useStore } from '../queries/external-store.ts'
import type { Source } from '../queries/project.ts'
import { getJson } from '../queries/request.ts'

export type EntryKind = 'metric' | 'dimension' | 'model' | 'relation'

export interface Entry {
  readonly kind: EntryKind
  readonly name: string
  readonly label: string
  readonly description: string
  readonly owner: string | null
  readonly category: string | null
  readonly tier: string | null
  readonly deprecated: { readonly since: string; readonly use?: string; readonly until?: string } | null
  readonly synonyms: readonly string[]
  readonly uses: number | null
}

export interface LineageNode {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly layer: number
  readonly label: string
  readonly href: string | null
}

export interface Lineage {
  readonly nodes: readonly LineageNode[]
  readonly edges: readonly { readonly from: string; readonly to: string }[]
}

export interface TestInfo {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly status: 'passed' | 'failed' | 'skipped' | 'unknown'
  readonly reason: string | null
  readonly ranAt: string | null
}

export interface Use {
  readonly kind: 'dashboard' | 'alert' | 'report' | 'metric'
  readonly name: string
  readonly label: string
  readonly widgets: readonly { readonly id: string; readonly title: string }[]
}

export interface ColumnInfo {
  readonly name: string
  readonly type: string | null
  readonly description: string
  readonly tests: readonly string[]
}

/** What is told of one entry; each kind tells some of it. */
export interface EntryDetails extends Entry {
  readonly lineage: Lineage
  readonly source?: Source
  readonly type?: string
  readonly words?: string | null
  readonly declared?: Readonly<Record<string, unknown>> | null
  readonly sql?: string | null
  readonly format?: MetricFormat
  readonly direction?: 'up' | 'down' | 'neutral'
  readonly thresholds?: { readonly good: number; readonly warn: number } | null
  readonly refresh?: string | null
  readonly tags?: readonly string[]
  readonly dimensions?: readonly string[]
  readonly metrics?: readonly string[]
  readonly values?: readonly (string | number | boolean)[] | null
  readonly usedBy?: readonly Use[]
  readonly tests?: readonly TestInfo[]
  readonly freshness?: readonly { readonly relation: string; readonly builtAt: string | null }[]
  readonly model?: string
  readonly relation?: string
  readonly primaryKey?: string | null
  readonly timeDimension?: string | null
  readonly joins?: readonly { readonly to: string; readonly relationship: string }[]
  readonly materialized?: string
  readonly uniqueKey?: readonly string[]
  readonly columns?: readonly ColumnInfo[] | null
}

export const hrefOf = ({ kind, name }: Pick<Entry, 'kind' | 'name'>): string => `/catalogue/${kind}/${name}`

export const endpointOf = ({ kind, name }: Pick<Entry, 'kind' | 'name'>): string =>
  `/api/v1/catalogue/${kind}/${encodeURIComponent(name)}`

interface Fetched<T> {
  readonly path: string
  readonly body: T | null
  readonly error: Error | null
}

/** What a path answers: read again whenever data or definitions change, and kept meanwhile. */
export function useFetched<T>(path: string): { readonly body: T | null; readonly error: Error | null } {
  const [state, setState] = useState<Fetched<T>>({ path: '', body: null, error: null })
  const refresh = useStore(refreshes)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a refresh is why it is read again.
  useEffect(() => {
    const controller = new AbortController()
    getJson<T>(path, controller.signal).then(
      (body) => setState({ path, body, error: null }),
      (error: Error) => controller.signal.aborted || setState({ path, body: null, error }),
    )
    return () => controller.abort()
  }, [path, refresh])
  return state.path === path ? state : { body: null, error: null }
}
