import {
  declaredMetric,
  expressionText,
  type Manifest,
  type Metric,
  type Relation,
  type SemanticModel,
} from '../compiler/index.ts'
import { metricWords } from './metric-words.ts'
import { testsOfMetric, usesOfMetric } from './uses.ts'

export interface ReferencePage {
  readonly path: string
  readonly text: string
}

/** A reference of a project in Markdown: a page for each metric, semantic model and SQL model, and an index. */
export function referenceOf(manifest: Manifest, diagramOf: (node: string) => string): readonly ReferencePage[] {
  const { metrics, models, relations } = manifest
  return [
    { path: 'README.md', text: indexPage(manifest) },
    ...metrics.map((metric) => ({
      path: `metrics/${metric.name}.md`,
      text: metricPage(metric, manifest) + diagram(diagramOf(`metric:${metric.name}`)),
    })),
    ...models.map((model) => ({
      path: `semantic-models/${model.name}.md`,
      text: modelPage(model, manifest) + diagram(diagramOf(`model:${model.name}`)),
    })),
    ...relations.map((relation) => ({
      path: `models/${relation.name}.md`,
      text: relationPage(relation) + diagram(diagramOf(`relation:${relation.name}`)),
    })),
  ]
}

type Cell = string | null | undefined

const diagram = (text: string) => (text === '' ? '' : `\n## Lineage\n\n\`\`\`mermaid\n${text}\n\`\`\`\n`)

function indexPage({ project, metrics, models, relations }: Manifest): string {
  return [
    `# ${project.name}\n`,
    `## Metrics\n\n${table(
      ['Metric', 'Description', 'Category', 'Owner'],
      metrics.map(({ name, label, description, category, owner, deprecated }) => [
        `[${label}](metrics/${name}.md)${deprecated === null ? '' : ' (deprecated)'}`,
        description,
        category,
        owner,
      ]),
    )}`,
    `## Semantic models\n\n${table(
      ['Model', 'Description', 'Dimensions'],
      models.map(({ name, label, description, dimensions }) => [
        `[${label}](semantic-models/${name}.md)`,
        description,
        String(dimensions.filter((dimension) => dimension.public).length),
      ]),
    )}`,
    `## SQL models\n\n${table(
      ['Model', 'Description', 'Materialized'],
      relations.map(({ name, description, materialized }) => [
        `[${name}](models/${name}.md)`,
        description,
        materialized,
      ]),
    )}`,
  ].join('\n')
}

function metricPage(metric: Metric, manifest: Manifest): string {
  const { name, label, description, owner, category, tier, direction, thresholds, format, synonyms, deprecated } =
    metric
  const uses = usesOfMetric(manifest, name)
  const tests = testsOfMetric(manifest, name)
  const dimensions = metric.dimensions.map(({ model, dimension }) => `\`${model}.${dimension}\``)
  const note = deprecated === null ? '' : `> **Deprecated** ${deprecation(deprecated)}\n\n`
  const declared = Object.entries(declaredMetric(metric)).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
  return [
    `# ${label}\n\n${note}${description}\n\n${metricWords(metric, manifest)}\n\n\`\`\`yaml\n${declared.join('\n')}\n\`\`\`\n`,
    table(
      ['', ''],
      [
        ['Name', `\`${name}\``],
        ['Owner', owner],
        ['Category', category],
        ['Tier', tier],
        ['Format', format.type],
        ['Better', { up: 'higher', down: 'lower', neutral: 'neither' }[direction]],
        ['Thresholds', thresholds && `good ${thresholds.good}, warning ${thresholds.warn}`],
        ['Also called', synonyms.join(', ')],
        ['Declared in', place(metric)],
      ].filter(([, value]) => value !== null && value !== ''),
    ),
    `## Used in\n\n${list(uses.map((use) => `${use.kind} ${use.kind === 'metric' ? `[${use.label}](${use.name}.md)` : use.label}`))}`,
    `## Unit tests\n\n${list(tests.map((test) => `${test.name} (${place(test)})`))}`,
    `## Dimensions\n\n${dimensions.join(', ')}\n`,
  ].join('\n')
}

function deprecation({ since, until, use }: NonNullable<Metric['deprecated']>): string {
  const end = until === undefined ? '' : `; it can be used until ${until}`
  return `since ${since}${end}.${use === undefined ? '' : ` Use [${use}](${use}.md).`}`
}

function modelPage(
  { name, label, description, relation, dimensions, joins, ...model }: SemanticModel,
  manifest: Manifest,
) {
  const isOwn = manifest.relations.some((one) => one.name === relation)
  const metrics = manifest.metrics.filter((metric) => metric.models.includes(name))
  return [
    `# ${label}\n\n${description}\n\nReads ${isOwn ? `[${relation}](../models/${relation}.md)` : `\`${relation}\``}. Declared in ${place(model)}.\n`,
    `## Dimensions\n\n${table(
      ['Dimension', 'Type', 'SQL', 'Description'],
      dimensions
        .filter((dimension) => dimension.public)
        .map((dimension) => [
          `\`${dimension.name}\``,
          dimension.type,
          `\`${expressionText(dimension.sql)}\``,
          dimension.description,
        ]),
    )}`,
    `## Joins\n\n${list(joins.map(({ to, relationship }) => `[${to}](${to}.md), ${relationship.replaceAll('_', ' ')}`))}`,
    `## Metrics\n\n${list(metrics.map((metric) => `[${metric.label}](../metrics/${metric.name}.md)`))}`,
  ].join('\n')
}

function relationPage({ name, description, materialized, refs, sources, columns, tests, sql, ...rest }: Relation) {
  const reads = [...refs.map((ref) => `[${ref}](${ref}.md)`), ...sources.map((source) => `\`${source}\``)]
  return [
    `# ${name}\n\n${description}\n\nA ${materialized}. Declared in ${place(rest)}.\n`,
    `## Reads\n\n${list(reads)}`,
    `## Columns\n\n${table(
      ['Column', 'Tests', 'Description'],
      columns.map((column) => [
        `\`${column.name}\``,
        tests.flatMap((test) => (test.column === column.name ? [test.check.type.replaceAll('_', ' ')] : [])).join(', '),
        column.description,
      ]),
    )}`,
    `## SQL\n\n\`\`\`sql\n${sql.trim()}\n\`\`\`\n`,
  ].join('\n')
}

const place = ({ source }: { readonly source: { readonly file: string; readonly line: number } }) =>
  `\`${source.file}:${source.line}\``

const list = (items: readonly string[]) =>
  items.length === 0 ? 'None.\n' : `${items.map((item) => `- ${item}`).join('\n')}\n`

function table(titles: readonly string[], rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return 'None.\n'
  const line = (cells: readonly Cell[]) =>
    `| ${cells.map((cell) => (cell ?? '').replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return `${[line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n')}\n`
}
