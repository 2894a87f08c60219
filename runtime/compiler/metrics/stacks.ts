import { createHash } from 'node:crypto'
import type { Leaf, Metric, Span, Stack } from '../manifest.ts'
import type { ModelSet } from '../models/index.ts'
import { byName, compareText, sorted } from '../project/index.ts'
import { spanKey } from './normal-form.ts'

type Branch = Stack['branches'][number]

/** Where a metric with these leaves is answered: the model they all are of, unshifted, else a stack. */
export function homeOf(leaves: readonly Leaf[]): Metric['home'] {
  const branches = branchesOf(leaves)
  const [first] = branches
  if (first !== undefined && branches.length === 1 && first.shift === null) return { model: first.model }
  return { stack: stackName(branches) }
}

/** The stacks that these metrics need, each with all leaves it has to offer. */
export function compileStacks(metrics: readonly Metric[], { space }: ModelSet): readonly Stack[] {
  const stacks = new Map<string, Leaf[]>()
  for (const { home, leaves } of metrics) {
    if ('stack' in home) stacks.set(home.stack, [...(stacks.get(home.stack) ?? []), ...leaves])
  }
  return [...stacks]
    .map(([name, leaves]) => {
      const branches = branchesOf(leaves)
      const models = sorted(branches.map(({ model }) => model))
      const reached = models.map((model) => new Set(space.graph.reach(model).paths.keys()))
      const shared = [...(reached[0] ?? [])].filter((model) => reached.every((set) => set.has(model)))
      return { name, branches, shared: sorted(shared), leaves: sorted(leaves.map(({ key }) => key)) }
    })
    .sort(byName)
}

function branchesOf(leaves: readonly Leaf[]): readonly Branch[] {
  const branches = new Map(leaves.map(({ model, shift }) => [branchKey(model, shift), { model, shift }]))
  return [...branches].sort(([a], [b]) => compareText(a, b)).map(([, branch]) => branch)
}

const branchKey = (model: string, shift: Span | null) => (shift === null ? model : `${model}_${spanKey(shift)}_ago`)

/** Longer names would be cut by the warehouse, so they end in a digest of what they leave out. */
const MAX_LENGTH = 40

function stackName(branches: readonly Branch[]): string {
  const name = ['stack', ...branches.map(({ model, shift }) => branchKey(model, shift))].join('_')
  if (name.length <= MAX_LENGTH) return name
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8)
  return `${name.slice(0, MAX_LENGTH - 9).replace(/_+$/, '')}_${digest}`
}
