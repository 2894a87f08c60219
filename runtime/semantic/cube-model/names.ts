import type { DimensionRef, Leaf, Metric, Span } from '../../compiler/index.ts'

/** The non-public cube of a semantic model or stack; the public view carries the bare name. */
export const cubeName = (home: string): string => `${home}__cube`

export const homeOf = (metric: Metric): string => ('model' in metric.home ? metric.home.model : metric.home.stack)

/** Name of a dimension in the view of `home`: its own by name, joined ones as `model__dimension`. */
export const memberName = (home: string, ref: DimensionRef): string =>
  ref.model === home ? ref.dimension : `${ref.model}__${ref.dimension}`

/** Names of measures inside the cube; the prefixes keep them apart from dimensions and from one another. */
export const leafMeasure = (key: string): string => `m__${key}`
export const compositeMeasure = (metric: string): string => `x__${metric}`

/** Columns of the subquery a cube selects from; the dot keeps them apart from every column of users. */
export const dimensionColumn = (name: string): string => `d.${name}`
export const keyColumn = (name: string): string => `k.${name}`
export const ownColumn = (name: string): string => `c.${name}`
export const ruleColumn = (model: string, ref: DimensionRef): string => `r.${model}.${ref.model}.${ref.dimension}`
export const inputColumn = (leaf: Pick<Leaf, 'metric' | 'shift'>): string =>
  leaf.shift === null ? `m.${leaf.metric}` : `m.${leaf.metric}@${spanText(leaf.shift)}`
export const BRANCH_COLUMN = 'branch'
export const TIME_COLUMN = 'd.time'

/** Members of a view that nobody is shown: what security and windows need. */
export const FIRST_TIME = 'first_time__'
export const LAST_TIME = 'last_time__'
export const BRANCH = 'branch__'
/** Time dimension of a stack. */
export const STACK_TIME = 'time'

export const branchName = (branch: { readonly model: string; readonly shift: Span | null }): string =>
  branch.shift === null ? branch.model : `${branch.model}@${spanText(branch.shift)}`

const spanText = (span: Span): string => `${span.count} ${span.unit}`
