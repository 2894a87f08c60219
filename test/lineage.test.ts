import { afterAll, expect, test } from 'vitest'
import { UserError } from '../runtime/diagnostics/index.ts'
import {
  columnLineage,
  createLineage,
  findNode,
  lineageMermaid,
  lineageText,
  traceNode,
} from '../runtime/lineage/index.ts'
import { checkProject } from '../runtime/project/index.ts'
import { sampleProject } from './support/sample-project.ts'

const projects: { remove(): void }[] = []
afterAll(() => {
  for (const project of projects) project.remove()
})

async function lineageOf(files: Readonly<Record<string, string>> = {}) {
  const project = sampleProject(files)
  projects.push(project)
  const { manifest } = await checkProject(project.dir)
  const columns = await columnLineage(manifest)
  return { columns, graph: createLineage(manifest, columns) }
}

async function originsOf(sql: string): Promise<Record<string, string[]>> {
  const { columns } = await lineageOf({ 'models/made.sql': `${sql}\n` })
  const made = columns.columns.get('made') ?? new Map<string, Set<string>>()
  return Object.fromEntries([...made].map(([name, origins]) => [name, [...origins].sort()]))
}

test.each([
  ['a column', 'select team from {{ref "orders"}}', { team: ['orders.team'] }],
  ['an alias', 'select o.team as crew from {{ref "orders"}} o', { crew: ['orders.team'] }],
  [
    'an expression',
    'select amount * 2 + order_id as odd from {{ref "orders"}}',
    { odd: ['orders.amount', 'orders.order_id'] },
  ],
  [
    'an aggregate',
    'select count(*) filter (where status = \'paid\') as paid, sum(amount) as total from {{ref "orders"}}',
    { paid: ['orders.status'], total: ['orders.amount'] },
  ],
  [
    'a window',
    'select row_number() over (partition by team order by placed_at) as place from {{ref "orders"}}',
    { place: ['orders.placed_at', 'orders.team'] },
  ],
  [
    'a star without some columns, and a join',
    'select p.*, o.amount from {{ref "orders"}} o join {{ref "people"}} p on p.team = o.team',
    { org_id: ['people.org_id'], user_id: ['people.user_id'], team: ['people.team'], amount: ['orders.amount'] },
  ],
  [
    'a common table that reads another',
    'with a as (select team as t, amount from {{ref "orders"}}), b as (select t, sum(amount) as s from a group by t) select s / 2 as half from b',
    { half: ['orders.amount'] },
  ],
  [
    'a union, by place',
    'select team as name from {{ref "orders"}} union all select user_id from {{ref "people"}}',
    { name: ['orders.team', 'people.user_id'] },
  ],
  [
    'a subquery that looks outside',
    'select (select max(p.user_id) from {{ref "people"}} p where p.team = o.team) as who from {{ref "orders"}} o',
    { who: ['people.user_id'] },
  ],
  [
    'a source of unknown columns',
    'select anything::integer as n from {{source "files" "orders"}}',
    { n: ['files.orders.anything'] },
  ],
  [
    'an earlier column of the same list',
    'select amount * 2 as double_, double_ + 1 as more from {{ref "orders"}}',
    { double_: ['orders.amount'], more: ['orders.amount'] },
  ],
])('what %s is made of is found', async (_what, sql, expected) => {
  expect(await originsOf(sql)).toEqual(expected)
})

test('a metric is traced to the columns of its source, and to the pages that show it', async () => {
  const { graph } = await lineageOf()
  const { up, down } = traceNode(graph, findNode(graph, 'revenue'))
  expect(up).toContainEqual({ from: 'column:orders.amount', to: 'metric:revenue' })
  expect(up).toContainEqual({ from: 'column:files.orders.amount', to: 'column:orders.amount' })
  expect(up.map(({ from }) => from)).not.toContain('column:files.orders.status')
  expect(down).toEqual([{ from: 'metric:revenue', to: 'dashboard:shop' }])
})

test('a column of a source is traced to the metrics it ends up in', async () => {
  const { graph } = await lineageOf()
  const { down } = traceNode(graph, findNode(graph, 'column:files.orders.status'))
  expect(down.map(({ to }) => to)).toEqual(
    expect.arrayContaining(['dimension:orders.status', 'metric:paid_count', 'metric:paid_rate']),
  )
  expect(down.map(({ to }) => to)).not.toContain('metric:revenue')
})

test('an unknown name is answered with the nearest one', async () => {
  const { graph } = await lineageOf()
  expect(() => findNode(graph, 'revenu')).toThrow(UserError)
  try {
    findNode(graph, 'revenu')
  } catch (error) {
    expect(error instanceof UserError && error.diagnostics[0]).toMatchObject({
      code: 'AM6110',
      hint: 'Did you mean `revenue`?',
    })
  }
})

test('the lineage is drawn as a tree and as a flowchart', async () => {
  const { graph } = await lineageOf()
  const trace = traceNode(graph, findNode(graph, 'revenue'))
  const plain = { bold: String, dim: String }
  expect(lineageText(trace, plain).split('\n')).toEqual([
    'metric revenue',
    'made of',
    '  ├ column orders.amount',
    '  │ └ column files.orders.amount',
    '  └ model orders',
    '    └ relation orders',
    'used by',
    '  └ dashboard shop',
  ])
  expect(lineageMermaid(trace.down)).toBe(
    'flowchart LR\n  n1(["metric<br/>revenue"])\n  n2[["dashboard<br/>shop"]]\n  n1 --> n2',
  )
})
