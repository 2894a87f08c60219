import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface ProjectSize {
  readonly models: number
  readonly metrics: number
  readonly dashboards: number
}

/** A project of a given size in a folder of its own: two simple metrics a model, every model joined to two of ten shared ones. */
export function generateProject({ models, metrics, dashboards }: ProjectSize) {
  const dir = mkdtempSync(join(tmpdir(), 'metrics-bench-'))
  const write = (file: string, content: string) => {
    mkdirSync(dirname(join(dir, file)), { recursive: true })
    writeFileSync(join(dir, file), content)
  }
  write('metrics.config.yml', 'name: bench\ntenancy: { key: org_id }\n')
  const perModel = metrics / models / 2
  for (let index = 0; index < models; index += 1) {
    write(`models/fct_${index}.sql`, `select * from {{source "raw" "table_${index}"}}\n`)
    write(`metrics/model_${index}.yml`, modelFile(index, perModel))
  }
  write('models/sources.yml', sourcesFile(models))
  for (let index = 0; index < dashboards; index += 1) write(`dashboards/page_${index}.yml`, pageFile(index, models))
  return {
    dir,
    write,
    modelFile: (index: number) => modelFile(index, perModel),
    remove: () => rmSync(dir, { recursive: true }),
  }
}

/** The first models are what the others join. */
const SHARED = 10

function modelFile(index: number, pairs: number): string {
  const shared = [index % SHARED, (index + 1) % SHARED]
  const list = shared.map((to) => `{ to: model_${to}, on: other_${to} }`).join(', ')
  const joins = index >= SHARED ? `    joins: [${list}]\n` : ''
  const simple = Array.from(
    { length: pairs },
    (_, n) => `      - { name: count_${index}_${n}, agg: count, filter: "{status} = 'done'", label: Count ${index} }`,
  )
  const ratios = Array.from(
    { length: pairs },
    (_, n) =>
      `  - { name: share_${index}_${n}, type: ratio, numerator: count_${index}_${n}, denominator: count_${index}_0, format: percent }`,
  )
  return `version: 1
semantic_models:
  - name: model_${index}
    relation: fct_${index}
    primary_key: id_${index}
    time_dimension: at
${joins}    dimensions:
      - { name: id_${index}, type: string }
      - { name: at, type: time }
      - { name: status, type: string, values: [done, open] }
      - { name: kind_${index}, type: string, description: What kind of thing it is. }
      - { name: size_${index}, type: string, sql: "case when amount > 10 then 'large' else 'small' end" }
    access:
      - { role: viewer, hide: [kind_${index}] }
    metrics:
${simple.join('\n')}
metrics:
${ratios.join('\n')}
`
}

function sourcesFile(models: number): string {
  const tables = Array.from(
    { length: models },
    (_, index) => `      - { name: table_${index}, columns: [{ name: org_id }, { name: at }] }`,
  )
  return `version: 1\nsources:\n  - name: raw\n    tables:\n${tables.join('\n')}\n`
}

function pageFile(index: number, models: number): string {
  const widgets = Array.from({ length: 8 }, (_, n) => {
    const model = (index * 8 + n) % models
    return n % 2 === 0
      ? `          - { type: kpi, metric: count_${model}_0, sparkline: day, width: 3 }`
      : `          - { type: line, metrics: [share_${model}_0], by: size_${model}, grain: day, width: 6 }`
  })
  return `version: 1
dashboards:
  - name: page_${index}
    title: Page ${index}
    rows:
      - title: Figures
        widgets:
${widgets.join('\n')}
`
}
