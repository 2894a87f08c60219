import type { PageState } from '../queries/page-state.ts'
import type { FilterInfo, Project } from '../queries/project.ts'

export interface FilterProps {
  readonly filter: FilterInfo
  readonly values: readonly string[]
  readonly onChange: (values: readonly string[]) => void
  readonly state: PageState
  readonly project: Project
  /** Metrics of the page: one of them counts the values. */
  readonly metrics: readonly string[]
}
