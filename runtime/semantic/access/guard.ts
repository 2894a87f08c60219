import type { DimensionRef, Metric } from '../../compiler/index.ts'
import { fail, suggest } from '../../diagnostics/index.ts'
import type { CubeFilter, CubeTimeDimension } from '../cube/cube-request.ts'
import type { GatewayQuery, Guard, MetaCube } from '../cube/guard.ts'
import type { ModelIndex } from '../cube-model/model-index.ts'
import { memberName, STACK_TIME } from '../cube-model/names.ts'
import { membersOf } from '../rollups/explain.ts'
import type { SecurityContext } from '../security-context.ts'
import { rowFilters } from './row-filters.ts'
import type { Visibility } from './visibility.ts'

type PublicMember =
  | { readonly kind: 'metric'; readonly metric: Metric }
  | { readonly kind: 'dimension'; readonly refs: readonly DimensionRef[] }

/** Members of a view that somebody may see. The time of a stack stands for the times of its models. */
type ViewMembers = ReadonlyMap<string, PublicMember>

/** Closes the range of a query with windows. */
export type CloseRange = (query: AdmittedQuery, view: string, metrics: readonly Metric[]) => Promise<AdmittedQuery>

export interface AdmittedQuery extends GatewayQuery {
  readonly measures: readonly string[]
  readonly dimensions: readonly string[]
  readonly timeDimensions: readonly CubeTimeDimension[]
  readonly filters: readonly CubeFilter[]
  readonly timezone: string
}

const KEYS = new Set([
  'measures',
  'dimensions',
  'timeDimensions',
  'filters',
  'order',
  'limit',
  'offset',
  'total',
  'timezone',
  'cache',
  'cacheMode',
  'renewQuery',
  'responseFormat',
  'segments',
  'rowLimit',
  'queryType',
])

export function createGuard(
  index: ModelIndex,
  visible: (role: SecurityContext['role']) => Visibility,
  closeRange: CloseRange,
): Guard {
  const views = new Map<string, ViewMembers>(viewNames(index).map((view) => [view, viewMembers(index, view)]))
  return {
    admit: async (raw, context) => {
      refuseOddities(raw)
      const query = raw as AdmittedQuery
      const members = namedMembers(query)
      const view = oneView(views, members)
      const shown = visible(context.role)
      const known = members.map((member) => shownMember(views, shown, view, member))
      const models = new Set(
        known.flatMap((member) =>
          member.kind === 'dimension' && member.refs.length === 1 ? member.refs.map((ref) => ref.model) : [],
        ),
      )
      const metrics = known.flatMap((member) => (member.kind === 'metric' ? [member.metric] : []))
      const filters = [...(query.filters ?? []), ...rowFilters(index, view, models, context)]
      return closeRange({ ...query, filters }, view, metrics)
    },
    visible: (cubes, context) =>
      cubes.map((cube) => visibleCube(views.get(cube.config.name), visible(context.role), cube)),
  }
}

const viewNames = (index: ModelIndex): readonly string[] => [
  ...index.manifest.models.map((model) => model.name),
  ...index.manifest.stacks.map((stack) => stack.name),
]

function viewMembers(index: ModelIndex, view: string): ViewMembers {
  const metrics = index
    .metricsOf(view)
    .map((metric): [string, PublicMember] => [metric.name, { kind: 'metric', metric }])
  return new Map([...dimensionMembers(index, view), ...metrics])
}

function dimensionMembers(index: ModelIndex, view: string): readonly [string, PublicMember][] {
  const stack = index.stack(view)
  const models = new Set(stack?.branches.map((branch) => branch.model) ?? [])
  const only = models.size === 1 ? [...models][0] : undefined
  const reached =
    stack === undefined
      ? index.model(view).reachable.map((reachable) => reachable.model)
      : [...new Set([...(only === undefined ? [] : [only]), ...stack.shared])]
  const dimensions = reached.flatMap((model) =>
    index.model(model).dimensions.map(({ name }): [string, PublicMember] => {
      const ref = { model, dimension: name }
      return [model === only ? name : memberName(view, ref), { kind: 'dimension', refs: [ref] }]
    }),
  )
  if (stack === undefined) return dimensions
  return [
    ...dimensions,
    [STACK_TIME, { kind: 'dimension', refs: [...models].flatMap((model) => timeOf(index, model)) }],
  ]
}

function timeOf(index: ModelIndex, model: string): readonly DimensionRef[] {
  const { timeDimension } = index.model(model)
  return timeDimension === null ? [] : [{ model, dimension: timeDimension }]
}

/** Cube's internal options could carry SQL or reach around the filters. */
function refuseOddities(query: GatewayQuery): void {
  const odd = Object.keys(query).find((key) => query[key] !== undefined && !KEYS.has(key))
  if (odd !== undefined && !(odd === 'ungrouped' && query[odd] === false))
    fail('AM4009', `Queries cannot have \`${odd}\` here.`)
  if (Array.isArray(query.segments) && query.segments.length > 0)
    fail('AM4009', 'There are no segments here.', { hint: 'Use filters.' })
  const listed = ['measures', 'dimensions'].flatMap((key) =>
    Array.isArray(query[key]) ? (query[key] as unknown[]) : [],
  )
  if (listed.some((member) => typeof member !== 'string')) fail('AM4009', 'Members are names here, never expressions.')
}

function namedMembers(query: AdmittedQuery): readonly string[] {
  const order = Array.isArray(query.order) ? query.order : Object.entries(query.order ?? {})
  const ordered = order.map((item: unknown) =>
    Array.isArray(item) ? String(item[0]) : String((item as { id: string }).id),
  )
  const all = [
    ...(query.measures ?? []),
    ...(query.dimensions ?? []),
    ...(query.timeDimensions ?? []).map((time) => time.dimension),
    ...membersOf(query.filters ?? []),
    ...ordered,
  ]
  return [...new Set(all.map((member) => member.split('.').slice(0, 2).join('.')))]
}

function oneView(views: ReadonlyMap<string, ViewMembers>, members: readonly string[]): string {
  const names = [...new Set(members.map((member) => member.split('.')[0] ?? ''))]
  const unknown = names.find((name) => !views.has(name))
  if (unknown !== undefined)
    return fail('AM4002', `There is no view \`${unknown}\`.`, { hint: suggest(unknown, views.keys()) })
  const [view] = names
  if (view !== undefined && names.length === 1) return view
  return fail('AM4004', `One query cannot mix the views ${names.map((name) => `\`${name}\``).join(', ')}.`, {
    hint: 'Metrics over several models have a view of their own; or send several queries at once.',
  })
}

function shownMember(
  views: ReadonlyMap<string, ViewMembers>,
  visible: Visibility,
  view: string,
  member: string,
): PublicMember {
  const members = views.get(view) ?? new Map<string, PublicMember>()
  const name = member.slice(view.length + 1)
  const found = members.get(name)
  const shown = [...members].filter(([, other]) => isShown(visible, other)).map(([other]) => other)
  if (found === undefined) return fail('AM4002', `\`${view}\` has no \`${name}\`.`, { hint: suggest(name, shown) })
  if (!isShown(visible, found)) return fail('AM4007', `\`${member}\` is hidden from your role.`)
  return found
}

const isShown = (visible: Visibility, member: PublicMember): boolean =>
  member.kind === 'metric' ? visible.showsMetric(member.metric) : member.refs.every(visible.showsDimension)

function visibleCube(members: ViewMembers | undefined, visible: Visibility, cube: MetaCube): MetaCube {
  const mark = <T extends { readonly name: string }>(item: T) => {
    const member = members?.get(item.name.split('.')[1] ?? '')
    const shown = member !== undefined && isShown(visible, member)
    return { ...item, isVisible: shown, public: shown }
  }
  const { measures = [], dimensions = [] } = cube.config
  return { ...cube, config: { ...cube.config, measures: measures.map(mark), dimensions: dimensions.map(mark) } }
}
