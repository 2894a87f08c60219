export { emptyProject } from './empty-project.ts'
export { inferProject, type ProjectPlan } from './infer-project.ts'
export { type PlanOptions, planProject } from './plan-project.ts'
export type { ColumnKind, ColumnOf, ColumnProfile, FileProfile, Overlap } from './profile/profile.ts'
