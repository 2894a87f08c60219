import type { Metric, Stack } from '../manifest.ts'
import type { ModelSet } from '../models/index.ts'
import { byName, cyclePath, findCycles, type Project, sorted } from '../project/index.ts'
import { checkClash, checkCompatible, checkThresholds, checkTime } from './check-metric.ts'
import { commonKeys } from './common-keys.ts'
import { checkComposite, definitionOf, formOfComposite, usesOf } from './composite.ts'
import { declareMetrics, type MetricNode } from './metric-node.ts'
import { type NormalForm, simpleForm } from './normal-form.ts'
import { resolveSimple, type SimpleParts } from './simple.ts'
import { compileStacks, homeOf } from './stacks.ts'

/** The metrics that are sound. */
export interface MetricSet {
  readonly metrics: readonly Metric[]
  readonly stacks: readonly Stack[]
  readonly nodes: ReadonlyMap<string, MetricNode>
  get(name: string): Metric | undefined
}

export function compileMetrics(project: Project, models: ModelSet): MetricSet {
  const nodes = declareMetrics(project, models)
  const sound = soundNodes(project, models, nodes)
  const compiled = new Map<string, Metric | undefined>()
  const get = (name: string): Metric | undefined => {
    if (compiled.has(name)) return compiled.get(name)
    const part = sound.get(name)
    const metric = part && compileMetric(project, models, part, get)
    compiled.set(name, metric)
    return metric
  }
  const metrics = [...sound.keys()].map(get).filter((metric) => metric !== undefined)
  metrics.sort(byName)
  return { metrics, stacks: compileStacks(metrics, models), nodes, get }
}

type SoundNode = MetricNode & { readonly parts: SimpleParts | null }

/** Metrics without an error of their own; what they depend on is looked at when they are compiled. */
function soundNodes(project: Project, models: ModelSet, nodes: ReadonlyMap<string, MetricNode>) {
  const circular = reportCycles(project, nodes)
  const sound = new Map<string, SoundNode>()
  for (const [name, node] of nodes) {
    checkThresholds(project, node.declared)
    if (node.kind === 'simple') {
      const parts = resolveSimple(project, models.space, node.model, node.declared)
      if (parts !== null) sound.set(name, { ...node, parts })
    } else if (checkComposite(project, node.declared) && !circular.has(name)) sound.set(name, { ...node, parts: null })
  }
  return sound
}

function reportCycles({ report }: Project, nodes: ReadonlyMap<string, MetricNode>): ReadonlySet<string> {
  const next = (name: string) => {
    const node = nodes.get(name)
    return node?.kind === 'composite' ? usesOf(node.declared).map((use) => use.name) : []
  }
  const cycles = findCycles(nodes.keys(), next)
  for (const cycle of cycles) {
    const places = cycle.flatMap((name, index) => {
      const node = nodes.get(name)
      const following = cycle[(index + 1) % cycle.length]
      const use =
        node?.kind === 'composite' ? usesOf(node.declared).find((candidate) => candidate.name === following) : undefined
      return node && use
        ? [{ name, following, at: node.declared.at(use.path, 'value', use.offset, use.name.length) }]
        : []
    })
    const message =
      cycle.length === 1
        ? `Metric \`${cycle[0]}\` is made of itself.`
        : `Metrics are made of one another in a circle: ${cyclePath(cycle)}.`
    report('AM1307', message, {
      at: places[0]?.at,
      hint: 'Build one of them from simple metrics.',
      related: places.slice(1).map(({ name, following, at }) => ({ message: `\`${name}\` uses \`${following}\``, at })),
    })
  }
  return new Set(cycles.flat())
}

function compileMetric(
  project: Project,
  models: ModelSet,
  node: SoundNode,
  get: (name: string) => Metric | undefined,
): Metric | undefined {
  const form = formOf(project, node, get)
  if (form === undefined) return undefined
  const leaves = [...form.leaves.values()]
  const homes = sorted(leaves.map(({ model }) => model))
  const dimensions = models.space.list(homes)
  const fine = [
    checkTime(project, models, node.declared, leaves),
    checkCompatible(project, models, node.declared, homes),
    checkClash(project, models, node.declared, dimensions),
  ]
  if (!fine.every(Boolean)) return undefined
  const resolved = { models: homes, home: homeOf(leaves), leaves, expression: form.expression, dimensions }
  if (node.kind === 'simple') {
    if (node.parts === null) throw new Error(`no parts of ${node.declared.value.name}`)
    return { ...commonKeys(node.declared, undefined), type: 'simple', model: node.model, ...node.parts, ...resolved }
  }
  const { value } = node.declared
  const base = 'metric' in value ? get(value.metric) : undefined
  return { ...commonKeys(node.declared, base), type: value.type, definition: definitionOf(value), ...resolved }
}

function formOf(project: Project, node: SoundNode, get: (name: string) => Metric | undefined): NormalForm | undefined {
  if (node.kind === 'simple') return simpleForm(node.declared.value.name, node.model)
  return formOfComposite(project, node.declared, (name) => {
    const metric = get(name)
    return metric && { expression: metric.expression, leaves: new Map(metric.leaves.map((leaf) => [leaf.key, leaf])) }
  })
}
