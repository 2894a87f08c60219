import type { InferredJoin } from '../infer/joins.ts'
import { fileName, type InferredMetric } from '../infer/metrics.ts'
import type { Table } from '../infer/table.ts'

export const COMMANDS = `\`\`\`sh
metrics validate          # check every file
metrics build             # read the files into the warehouse and test them
metrics test              # run the unit tests of the metrics
metrics query --metrics NAME --by DIMENSION
metrics dev               # the dashboard, reloaded on save
\`\`\``

/** `README.md` of a project made from files: what was found, what was left out. */
export function readme(
  name: string,
  tables: readonly Table[],
  joins: readonly InferredJoin[],
  metrics: readonly InferredMetric[],
  notes: readonly string[],
): string {
  return `# ${name}

Metrics as code over ${tables.length === 1 ? 'one file' : `${tables.length} files`}. Everything here was inferred from the data and is yours to change.

${COMMANDS}

| table | file | rows | key | time | metrics |
|---|---|---|---|---|---|
${tables.map((table) => row(table, metrics)).join('\n')}
${section('Joins', joins.map(joinSentence))}${section('Worth a look', notes)}`
}

function row(table: Table, metrics: readonly InferredMetric[]): string {
  const own = metrics.filter((metric) => metric.table === table).length
  return `| ${table.name} | ${fileName(table)} | ${table.file.rows} | ${table.primaryKey?.name ?? '—'} | ${table.time?.name ?? '—'} | ${own} |`
}

const joinSentence = ({ from, to, left, right, overlap }: InferredJoin) =>
  `\`${from.name}.${left.name}\` points to \`${to.name}.${right.name}\`: ${Math.round(overlap * 100)}% of its values occur there.`

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? '' : `\n## ${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}\n`

/** `AGENTS.md`: what a coding agent must know to work here. */
export const agentsGuide = (query: string) => `# Working on this project

Metrics as code: \`metrics.config.ts\` is the project, \`models/\` turns sources into tables (SQL, one SELECT a file),
\`metrics/\` declares semantic models, metrics, access rules and their unit tests, \`dashboards/\` the pages, \`alerts/\`
alerts, channels and reports.

## A change

1. Change a file. Before a rename, a removal or another filter: \`metrics lineage NAME\` says what depends on it.
2. \`metrics validate --format json\` lists every problem with file, line, column and a hint. Go on until \`ok\` is true.
3. \`metrics build --select NAME+\` after a change in \`models/\`; NAME is the name of the SQL file.
4. \`metrics test\` after a change in \`metrics/\` or \`alerts/\`. A new metric comes with a unit test under \`tests:\`.
5. Ask: \`${query}\`
6. \`metrics diff\` says what the change means for whom; \`--values\` shows which numbers move. Put it into the pull request.

## Rules

- A metric's \`description\` says what it leaves out. Names are snake_case and unique over the project.
- \`{name}\` in \`sql\`, \`filter\` and \`expr\` is a checked reference to a dimension or metric; \`{model.name}\` crosses a join.
- Rates are two counts and a \`ratio\`, never the average of a rate.
- To rename, run \`metrics rename metric|dimension|model OLD NEW\`: it edits every file that names it.
- To remove a metric, first mark it \`deprecated: { since, use, until }\`.
- Access rules (\`access:\`) are never widened in passing: \`metrics diff\` shows such a change first.
- Commands exit with 0 when fine, 1 for a problem of the project, 2 for wrong usage.

## Where to look

- \`metrics schema\` prints the JSON Schemas of all files; \`metrics schema --out .metrics/schemas\` writes those that the first
  line of each YAML file names for editors.
- \`metrics mcp\` serves assistants over the Model Context Protocol: search and explain metrics, query, validate a file.
- \`metrics lsp\` serves editors: diagnostics, completion, hover, definition, references, rename.
- \`metrics --help\` lists the commands, \`metrics COMMAND --help\` their options.
`
