import { describe, expect, test } from 'vitest'
import { findCommands } from '../../web/command-palette/commands.ts'
import { goKeys } from '../../web/command-palette/use-shortcuts.ts'
import { toYaml } from '../../web/components/to-yaml.ts'
import { isBelow, searchTree, togglePath, treeOf } from '../../web/filters/tree-nodes.ts'
import { applyFilters, conditionOf, partsOf, pathOf } from '../../web/queries/filters.ts'
import { carriedSearch, readState, searchOf, withFilter } from '../../web/queries/page-state.ts'
import type { DashboardInfo, Project } from '../../web/queries/project.ts'
import { isFailed, matching, stepsOf } from '../../web/trace/trace-steps.ts'
import { csvOf } from '../../web/widget-menu/export-csv.ts'

const dimension = (name: string, type = 'string') => ({ name, label: name, description: '', type })
const units = { name: 'units', label: 'Unit', kind: 'tree', levels: ['org.division', 'org.team'] } as const
const team = { name: 'team', label: 'Team', kind: 'list', levels: ['org.team'] } as const
const project = {
  today: '2026-03-31',
  globalFilters: [units, team],
  dimensions: [
    dimension('org.division'),
    dimension('org.team'),
    dimension('runs.team'),
    dimension('runs.size', 'number'),
    dimension('runs.fast', 'boolean'),
  ],
  metrics: [
    { name: 'runs', dimensions: ['org.division', 'org.team', 'runs.size'] },
    { name: 'seats', dimensions: [] },
  ],
  models: [{ name: 'runs', dimensions: ['runs.size'] }],
} as unknown as Project
const page = { range: '30d', compare: 'previous_period', filters: [] } as unknown as DashboardInfo

describe('filters as conditions', () => {
  test.each([
    [{ filter: team, values: ['a'] }, "{org.team} = 'a'"],
    [{ filter: team, values: ["O'Hara", 'b'] }, "{org.team} in ('O''Hara', 'b')"],
    [{ filter: team, values: [''] }, '{org.team} is null'],
    [{ filter: team, values: ['a', ''] }, "({org.team} = 'a' or {org.team} is null)"],
    [{ filter: units, values: ['x'] }, "{org.division} = 'x'"],
    [{ filter: units, values: ['x/y', 'z'] }, "({org.division} = 'x' and {org.team} = 'y') or {org.division} = 'z'"],
  ])('%j', (active, condition) => {
    expect(conditionOf(active, project)).toBe(condition)
  })

  test('numbers and truths are no texts', () => {
    const filter = (name: string) => ({ name, label: name, kind: 'list', levels: [name] }) as const
    expect(conditionOf({ filter: filter('runs.size'), values: ['5'] }, project)).toBe('{runs.size} = 5')
    expect(conditionOf({ filter: filter('runs.fast'), values: ['true'] }, project)).toBe('{runs.fast} = true')
  })

  test('a slash of a name is no way down', () => {
    expect(partsOf(pathOf(['R/D', 'web']))).toEqual(['R/D', 'web'])
  })

  test('a query takes what its metrics have, keeps its own filter, and says what it does not take', () => {
    const active = [{ filter: team, values: ['a'] }]
    const query = { metrics: ['runs'], where: '{runs.size} > 1 or {runs.size} < 0' }
    expect(applyFilters(query, active, project).query.where).toBe(`(${query.where}) and ({org.team} = 'a')`)
    expect(applyFilters({ metrics: ['seats'] }, active, project)).toEqual({
      query: { metrics: ['seats'] },
      ignored: [team],
    })
    expect(applyFilters({ metrics: ['runs', 'seats'] }, active, project).ignored).toEqual([team])
  })
})

describe('filters in the address', () => {
  test('are readable, and read back the same', () => {
    const state = withFilter(readState('', page, project), units, ['Product Engineering/Web & Co', 'Ops'])
    const search = searchOf(state, page)
    expect(search).toBe('?units=Product+Engineering/Web+%26+Co&units=Ops')
    expect(readState(search, page, project).filters).toEqual(state.filters)
  })

  test('any dimension may stand there, ambiguous names and nonsense are passed over', () => {
    const { filters } = readState('?size=5&runs.team=a&nonsense=1&metric=x', page, project)
    expect(filters.map(({ filter }) => filter.levels[0])).toEqual(['runs.size', 'runs.team'])
  })

  test('on the way to another page the time and the filters of all pages are kept', () => {
    expect(carriedSearch('?range=7d&team=a&size=5&open=1', page, project)).toBe('?range=7d&team=a')
  })
})

describe('units', () => {
  const tree = treeOf([
    { values: ['x', 'x'], count: 1 },
    { values: ['x', 'web'], count: 2 },
    { values: ['y', 'ops'], count: 4 },
  ])

  test('nest, add up, and a unit that is its own child stands once', () => {
    expect(tree.map(({ label, count, children }) => [label, count, children.map((child) => child.path)])).toEqual([
      ['x', 3, ['x/web']],
      ['y', 4, ['y/ops']],
    ])
  })

  test('are found with those above them', () => {
    expect(searchTree(tree, 'OPS').map(({ path }) => path)).toEqual(['y'])
  })

  test('with a unit all below it are chosen', () => {
    expect(togglePath(['x/web', 'y'], 'x')).toEqual(['y', 'x'])
    expect(togglePath(['x'], 'x')).toEqual([])
    expect(isBelow('xy/web', 'x')).toBe(false)
  })
})

describe('steps', () => {
  const info = {
    key: 'k',
    id: 'k',
    order: 'n',
    start: null,
    time: 't',
    parent: 'p',
    kind: 'kind',
    title: null,
    status: 's',
    text: ['note'],
  }
  const rows = [
    { k: 'a', p: null, t: '2026-03-01T10:00:05', d: 5, kind: 'reason', s: 'ok', note: 'Think' },
    { k: 'c', p: 'gone', t: '2026-03-01T10:00:09', d: 1, kind: 'tool', s: 'error', note: '' },
    { k: 'b', p: 'a', t: '2026-03-01T10:00:04', d: 2, kind: 'tool', s: 'ok', note: 'Write' },
  ]
  const steps = stepsOf(rows, info as never, { name: 'd' } as never, 1)

  test('stand below the step they belong to, from the moment they began', () => {
    expect(steps.map(({ key, depth, start }) => [key, depth, start])).toEqual([
      ['a', 0, 0],
      ['b', 1, 2000],
      ['c', 0, 8000],
    ])
  })

  test('are found by words, kind and failure', () => {
    const all = { search: '', kind: '', failedOnly: false }
    expect(matching(steps, { ...all, search: 'WRITE' }).map(({ key }) => key)).toEqual(['b'])
    expect(matching(steps, { ...all, kind: 'tool', failedOnly: true }).map(({ key }) => key)).toEqual(['c'])
    expect(['ok', 'error', 'denied'].map(isFailed)).toEqual([false, true, true])
  })
})

test('spreadsheets run nothing of an export', () => {
  const rows = [
    { 'org.team': '=1+1', runs: 2 },
    { 'org.team': 'a,"b"', runs: -1 },
  ]
  expect(csvOf(rows, { dimensions: project.dimensions, metrics: [] })).toBe(
    'org.team,runs\r\n\'=1+1,2\r\n"a,""b""",-1\r\n',
  )
})

test('YAML of a widget is read back the same', () => {
  expect(toYaml([{ type: 'kpi', title: 'On: off', width: 3, order: ['-a', 'b'], goal: { value: 1 } }])).toBe(
    '- type: kpi\n  title: "On: off"\n  width: 3\n  order: ["-a", b]\n  goal:\n    value: 1\n',
  )
})

test('commands are found by any of their words, best first', () => {
  const command = (label: string, words = '') =>
    ({ id: label, group: 'Pages', label, detail: '', words, run: () => undefined }) as const
  const all = [command('Weekly cost'), command('Cost'), command('Spend', 'cost')]
  expect(findCommands(all, 'cost').map(({ label }) => label)).toEqual(['Cost', 'Weekly cost', 'Spend'])
})

test('every page has a letter of its own', () => {
  const pages = ['Cost', 'Compliance', 'Team'].map((title) => ({ ...page, title }))
  expect(goKeys(pages).map(({ key }) => key)).toEqual(['c', 'o', 't'])
})
