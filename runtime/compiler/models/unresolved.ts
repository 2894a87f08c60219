import { type Code, nearest, oneOf, suggest } from '../../diagnostics/index.ts'
import type { DimensionRef } from '../manifest.ts'
import { compareText, type Place, type Project } from '../project/index.ts'
import type { DimensionSpace } from './dimension-space.ts'

interface Explanation {
  readonly code: Code
  readonly message: string
  readonly hint?: string | undefined
}

/** What is asked about: its models, and what to call it. */
export interface Asked {
  readonly homes: readonly string[]
  /** "`success_rate`", "`sessions`" */
  readonly subject: string
}

/** Resolves a reference to a dimension, or reports why it means nothing here and what would. */
export function resolveOrReport(
  project: Project,
  space: DimensionSpace,
  asked: Asked,
  reference: string,
  place: Place,
): DimensionRef | undefined {
  const resolution = space.resolve(asked.homes, reference)
  if (resolution.kind === 'found') return resolution.ref
  if (resolution.kind === 'missing' && isReportedElsewhere(project, space, reference)) return undefined
  const names = resolution.kind === 'ambiguous' ? resolution.refs.map(keyOf) : undefined
  const { code, message, hint } = names ? ambiguous(reference, names) : missing(project, space, asked, reference)
  project.report(code, message, { at: place(), hint: withUnreadFiles(project, code, hint) })
  return undefined
}

const ambiguous = (reference: string, names: readonly string[]): Explanation => ({
  code: 'AM1206',
  message: `\`${reference}\` could mean ${oneOf(names)}.`,
  hint: `Write ${oneOf(names)}.`,
})

function missing(project: Project, space: DimensionSpace, asked: Asked, reference: string): Explanation {
  if (project.metricNames.has(reference)) {
    const hint = `A dimension belongs here. ${suggest(reference, space.names(asked.homes)) ?? ''}`.trim()
    return { code: 'AM1212', message: `\`${reference}\` is a metric, not a dimension.`, hint }
  }
  const owners = ownersOf(space, reference)
  if (owners.length === 0) return unknown(space, asked, reference)
  if (asked.homes.length > 1) return notShared(space, asked, reference)
  return unreachable(space, asked, reference, owners)
}

function unknown(space: DimensionSpace, { homes, subject }: Asked, reference: string): Explanation {
  if (reference === 'time') return timeAsked(space, homes)
  const [model = '', dimension] = reference.split('.')
  const candidates = space.names(homes)
  if (dimension === undefined) {
    const hint = suggest(reference, candidates) ?? 'Declare it under `dimensions:`.'
    return { code: 'AM1205', message: `There is no dimension \`${reference}\` that ${subject} could use.`, hint }
  }
  const node = space.nodes.get(model)
  if (node === undefined) {
    const qualified = space.list(homes).map(keyOf)
    const hint = suggest(reference, qualified) ?? suggest(model, space.nodes.keys())
    return { code: 'AM1209', message: `There is no semantic model \`${model}\`.`, hint }
  }
  const own = [...node.dimensions.values()].filter((candidate) => candidate.public).map(({ name }) => name)
  const near = nearest(dimension, own)
  const hint = near === undefined ? suggest(dimension, own) : `Did you mean \`${model}.${near}\`?`
  return { code: 'AM1205', message: `\`${model}\` has no dimension \`${dimension}\`.`, hint }
}

/** `time` is no dimension, but the buckets of the time dimension. */
function timeAsked({ nodes }: DimensionSpace, homes: readonly string[]): Explanation {
  const own = homes.flatMap((home) => {
    const dimension = nodes.get(home)?.declared.value.time_dimension
    return dimension === undefined ? [] : [`\`${dimension}\` of \`${home}\``]
  })
  const means = own.length === 0 ? '' : ` It means ${own.join(', ')}, which may stand here.`
  return {
    code: 'AM1205',
    message: '`time` is no dimension: answers have it where a `grain` is asked.',
    hint: `Write \`grain: day\` or another one.${means}`,
  }
}

function unreachable(
  space: DimensionSpace,
  { homes, subject }: Asked,
  reference: string,
  owners: readonly string[],
): Explanation {
  const [home = ''] = homes
  const reach = space.graph.reach(home)
  const near = nearest(reference, space.names(homes))
  const fanOut = owners.map((owner) => reach.fanOut.get(owner)).find((path) => path !== undefined)
  if (fanOut !== undefined) return fannedOut(home, subject, reference, fanOut)
  const twoWays = owners.find((owner) => reach.ambiguous.has(owner))
  if (twoWays !== undefined) {
    const message = `\`${reference}\` cannot be used: \`${home}\` reaches \`${twoWays}\` by two ways.`
    return {
      code: 'AM1219',
      message,
      hint: `Join \`${twoWays}\` from \`${parting(home, reach.ambiguous.get(twoWays))}\` directly.`,
    }
  }
  const owner = owners[0] ?? ''
  return {
    code: 'AM1208',
    message: `\`${reference}\` belongs to \`${owner}\`, which \`${home}\` does not join.`,
    hint: near === undefined ? joinHint(space, homes, home, owner) : `Did you mean \`${near}\`?`,
  }
}

/** The model at which two ways part: a direct join from there would be shorter than both. */
function parting(home: string, paths: readonly (readonly string[])[] = []): string {
  const [first = [], second = []] = paths
  const common = first.findIndex((model, index) => model !== second[index])
  return first[common - 1] ?? home
}

function joinHint(space: DimensionSpace, homes: readonly string[], home: string, owner: string): string {
  const names = space.names(homes)
  const possible = names.length === 0 ? '' : ` ${home} has ${oneOf(names)}.`
  return `Join \`${owner}\` from \`${home}\`.${possible}`
}

function fannedOut(home: string, subject: string, reference: string, path: readonly string[]): Explanation {
  const way = [home, ...path].map((name) => `\`${name}\``).join(' → ')
  return {
    code: 'AM1207',
    message: `\`${reference}\` would multiply the rows of ${subject}: one row of \`${home}\` meets many of \`${path.at(-1)}\` (${way}).`,
    hint: `Use a metric of \`${path.at(-1)}\` with it, or correct the \`relationship\` of the join.`,
  }
}

function notShared(space: DimensionSpace, { homes, subject }: Asked, reference: string): Explanation {
  const lacking = homes.filter((home) => space.resolve([home], reference).kind !== 'found')
  const names = space.names(homes)
  const why =
    lacking.length === 0
      ? `it means something else in each of ${both(homes)}`
      : `${both(lacking)} ${lacking.length === 1 ? 'has' : 'have'} no such dimension`
  return {
    code: 'AM1322',
    message: `\`${reference}\` does not work for all of ${subject}: ${why}.`,
    hint: names.length === 0 ? `${both(homes)} share no dimension.` : `They share ${oneOf(names)}.`,
  }
}

/** Models that have a dimension of that name, or the model that a qualified reference names. */
function ownersOf(space: DimensionSpace, reference: string): readonly string[] {
  const [first = '', second] = reference.split('.')
  const nodes =
    second === undefined ? [...space.nodes.values()] : [space.nodes.get(first)].filter((node) => node !== undefined)
  return nodes
    .filter((node) => node.dimensions.get(second ?? first)?.public)
    .map(({ name }) => name)
    .sort(compareText)
}

/** True where what the reference means was declared, but left out for an error of its own. */
function isReportedElsewhere({ broken, declarations }: Project, space: DimensionSpace, reference: string): boolean {
  const [first = '', second] = reference.split('.')
  if (second !== undefined && broken.has('semantic_models', first)) return true
  if (second === undefined ? broken.has('dimensions', first) : broken.has('dimensions', second, first)) return true
  return declarations.semanticModels.some(({ value }) => {
    if (second !== undefined && value.name !== first) return false
    const isDeclared = (value.dimensions ?? []).some(({ name }) => name === (second ?? first))
    const node = space.nodes.get(value.name)
    if (node === undefined) return isDeclared || second !== undefined
    return isDeclared && !node.dimensions.has(second ?? first)
  })
}

function withUnreadFiles({ broken }: Project, code: Code, hint: string | undefined): string | undefined {
  const file = broken.files.find((name) => name.startsWith('metrics/'))
  if (file === undefined || (code !== 'AM1205' && code !== 'AM1209') || hint?.startsWith('Did')) return hint
  return `${hint ?? ''} It may be declared in ${file}, which could not be read.`.trim()
}

const both = (names: readonly string[]) => oneOf(names).replace(/ or (?=[^,]*$)/, ' and ')

const keyOf = ({ model, dimension }: DimensionRef) => `${model}.${dimension}`
