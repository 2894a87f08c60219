import type { Metric } from '../manifest.ts'
import { usesOf } from '../metrics/index.ts'
import type { Catalogue, UsedMetric } from './catalogue.ts'

/** Reports what still uses deprecated metrics, and deprecations that cannot be. */
export function checkDeprecations(catalogue: Catalogue): void {
  const uses = allUses(catalogue)
  for (const metric of catalogue.metrics.metrics) {
    if (metric.deprecated === null) continue
    checkDeclaration(catalogue, metric)
    const reached = uses.filter((use) => use.metric === metric.name)
    for (const use of reached) reportUse(catalogue, metric, use)
    if (reached.length === 0 && isOver(catalogue, metric)) reportUnused(catalogue, metric)
  }
}

const isOver = ({ project }: Catalogue, { deprecated }: Metric) =>
  deprecated?.until !== undefined && deprecated.until <= project.today

/** Metrics that are made of metrics, and all that asks for metrics. Tests may go on testing what they test. */
function allUses({ metrics, usage }: Catalogue): readonly UsedMetric[] {
  const composite = [...metrics.nodes.values()].flatMap((node) => {
    if (node.kind === 'simple' || metrics.get(node.declared.value.name)?.deprecated) return []
    return usesOf(node.declared).map(({ name, offset, path }) => ({
      node: `metric:${node.declared.value.name}`,
      metric: name,
      at: () => node.declared.at(path, 'value', offset, offset === undefined ? undefined : name.length),
    }))
  })
  return [...composite, ...usage.metrics.filter(({ node }) => !node.startsWith('test:'))]
}

function reportUse(catalogue: Catalogue, { deprecated, name }: Metric, { at, node }: UsedMetric): void {
  const { report } = catalogue.project
  const use = deprecated?.use === undefined ? 'Nothing takes its place: remove it here.' : `Use \`${deprecated.use}\`.`
  const reach = metricsAbove(catalogue, name).filter((above) => node !== `metric:${above}`)
  const hint = reach.length === 0 ? use : `${use} ${reachText(reach)}`
  if (deprecated?.until !== undefined && deprecated.until <= catalogue.project.today) {
    report('AM1318', `\`${name}\` could be used until ${deprecated.until}, and ${nodeText(node)} still does.`, {
      at: at(),
      hint,
    })
    return
  }
  const end = deprecated?.until === undefined ? '' : ` and can be used until ${deprecated.until}`
  report('AM1317', `\`${name}\` is deprecated since ${deprecated?.since}${end}.`, { at: at(), hint })
}

/** Metrics that are made of it, directly or not: what a change to it reaches. */
function metricsAbove({ metrics }: Catalogue, name: string): readonly string[] {
  const found = new Set<string>()
  const visit = (below: string) => {
    for (const [above, node] of metrics.nodes) {
      if (node.kind === 'simple' || found.has(above) || !usesOf(node.declared).some((use) => use.name === below))
        continue
      found.add(above)
      visit(above)
    }
  }
  visit(name)
  return [...found].sort()
}

const reachText = (reach: readonly string[]) =>
  `Made of it: ${reach
    .slice(0, 6)
    .map((name) => `\`${name}\``)
    .join(', ')}${reach.length > 6 ? ` and ${reach.length - 6} more` : ''}.`

function nodeText(node: string): string {
  const [kind, name] = node.split(':')
  return `${kind} \`${name}\``
}

function reportUnused({ metrics, project }: Catalogue, { deprecated, name }: Metric): void {
  project.report('AM1320', `\`${name}\` could be used until ${deprecated?.until}, and nothing uses it any more.`, {
    at: metrics.nodes.get(name)?.declared.at(['deprecated']),
    hint: 'Remove it.',
  })
}

function checkDeclaration({ metrics, project }: Catalogue, { deprecated, name }: Metric): void {
  const declared = metrics.nodes.get(name)?.declared
  if (deprecated === null || declared === undefined) return
  const { since, until, use } = deprecated
  if (until !== undefined && until <= since) {
    project.report('AM1319', `\`${name}\` could be used until ${until}, before it is deprecated (${since}).`, {
      at: declared.at(['deprecated', 'until']),
      hint: 'Let `until` come after `since`.',
    })
  }
  if (use === undefined) return
  const at = declared.at(['deprecated', 'use'])
  if (use === name || metrics.get(use)?.deprecated) {
    const why = use === name ? 'is this metric itself' : 'is deprecated as well'
    project.report('AM1319', `\`${use}\` cannot take its place: it ${why}.`, { at, hint: 'Name a metric that stays.' })
  }
}
