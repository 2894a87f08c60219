import { describe, expect, test } from 'vitest'
import type { Widget } from '../../runtime/definitions/index.ts'
import {
  applyEdit,
  beginEdit,
  definitionOf,
  type Edit,
  type Edited,
  freshKey,
  placeText,
  stepOf,
} from '../../web/builder/editing/edit.ts'
import { beginHistory, takeStep } from '../../web/builder/editing/history.ts'
import { nameFor } from '../../web/queries/personal-dashboards.ts'

const kpi = (metric: string, more: object = {}) => ({ type: 'kpi', metric, ...more }) as Widget
const definition = {
  name: 'mine',
  title: 'Mine',
  rows: [{ title: 'Figures', widgets: [kpi('a', { width: 3 }), kpi('b')] }, { widgets: [kpi('c')] }],
}
const edited = beginEdit(definition)
const A = 'w1_1'
const C = 'w2_1'

/** The metrics of each row, for short. */
const shown = ({ rows }: Edited) =>
  rows.map(({ widgets }) => widgets.map((widget) => (widget.definition as { metric: string }).metric).join(''))
const edits = (...made: readonly Edit[]) => made.reduce(applyEdit, edited)

describe('an edit', () => {
  test('of nothing is what was there', () => {
    expect(definitionOf(edited)).toEqual(definition)
  })

  test.each<[string, Edit, readonly string[]]>([
    ['moves within a row', { type: 'move', widget: A, to: { kind: 'in_row', row: 'r1', index: 2 } }, ['ba', 'c']],
    [
      'leaves a widget where it is',
      { type: 'move', widget: A, to: { kind: 'in_row', row: 'r1', index: 1 } },
      ['ab', 'c'],
    ],
    ['moves to another row', { type: 'move', widget: A, to: { kind: 'in_row', row: 'r2', index: 0 } }, ['b', 'ac']],
    ['begins a new row', { type: 'move', widget: A, to: { kind: 'new_row', index: 1 } }, ['b', 'a', 'c']],
    ['takes an empty row away', { type: 'move', widget: C, to: { kind: 'in_row', row: 'r1', index: 0 } }, ['cab']],
    [
      'adds',
      { type: 'add', definition: kpi('d'), key: 'n', to: { kind: 'in_row', row: 'r1', index: 1 } },
      ['adb', 'c'],
    ],
    ['duplicates', { type: 'duplicate', widget: A, key: 'n' }, ['aab', 'c']],
    ['removes', { type: 'remove', widget: C }, ['ab']],
    ['moves a row', { type: 'move_row', row: 'r2', by: -1 }, ['c', 'ab']],
    ['moves no row beyond the end', { type: 'move_row', row: 'r2', by: 1 }, ['ab', 'c']],
    ['removes a row', { type: 'remove_row', row: 'r1' }, ['c']],
    ['knows no such widget', { type: 'remove', widget: 'none' }, ['ab', 'c']],
  ])('%s', (_name, edit, rows) => {
    expect(shown(edits(edit))).toEqual(rows)
  })

  test('changes nothing of what it was made from', () => {
    const before = JSON.stringify(edited)
    edits({ type: 'resize', widget: A, width: 5 }, { type: 'remove', widget: C })
    expect(JSON.stringify(edited)).toBe(before)
  })

  test('keeps widths within the twelve columns', () => {
    const widthAfter = (width: number) => {
      const [widget] = edits({ type: 'resize', widget: A, width }).rows[0]?.widgets ?? []
      return widget?.definition.width
    }
    expect([widthAfter(0), widthAfter(7.4), widthAfter(99)]).toEqual([1, 7, 12])
  })

  test('gives rows and the dashboard their words; empty ones are left out of the file', () => {
    const named = edits(
      { type: 'name_row', row: 'r2', title: 'Rest' },
      { type: 'name_row', row: 'r1', title: '' },
      { type: 'set', settings: { title: 'Ours', description: 'Why?' } },
    )
    expect(definitionOf(named)).toEqual({
      name: 'mine',
      title: 'Ours',
      description: 'Why?',
      rows: [{ widgets: definition.rows[0]?.widgets }, { title: 'Rest', widgets: [kpi('c')] }],
    })
  })

  test('gives new rows and widgets keys that no other has, however often they move', () => {
    const moves = [0, 1, 2, 0, 3, 1].map((index): Edit => ({ type: 'move', widget: A, to: { kind: 'new_row', index } }))
    const keys = edits(...moves).rows.map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys).not.toContain(freshKey(edited, 'w'))
  })
})

describe('a step by an arrow key', () => {
  const stepped = (from: Edited, widget: string, direction: 'left' | 'right' | 'up' | 'down') => {
    const to = stepOf(from, widget, direction)
    return to === null ? null : applyEdit(from, { type: 'move', widget, to })
  }

  test.each([
    [A, 'left', null],
    [A, 'right', ['ba', 'c']],
    [A, 'down', ['b', 'ac']],
    [A, 'up', ['a', 'b', 'c']],
    [C, 'up', ['cab']],
    [C, 'down', null],
  ] as const)('%s %s', (widget, direction, rows) => {
    const next = stepped(edited, widget, direction)
    expect(next && shown(next)).toEqual(rows)
  })

  test('says where the widget stands then', () => {
    const next = stepped(edited, A, 'down') ?? edited
    expect(placeText(next, A)).toBe('row 2 of 2, place 1 of 2')
  })
})

describe('the way back', () => {
  const edit = (made: Edit, at = 0) => ({ type: 'edit', edit: made, at }) as const
  const start = beginHistory(edited)

  test('undoes step by step, and redoes until something else is done', () => {
    const two = [edit({ type: 'remove', widget: C }), edit({ type: 'remove', widget: A })].reduce(takeStep, start)
    const back = takeStep(takeStep(two, { type: 'undo' }), { type: 'undo' })
    expect(back.now).toEqual(edited)
    expect(takeStep(back, { type: 'undo' })).toBe(back)
    const forth = takeStep(back, { type: 'redo' })
    expect(shown(forth.now)).toEqual(['ab'])
    const other = takeStep(forth, edit({ type: 'duplicate', widget: A, key: 'n' }))
    expect(other.future).toEqual([])
  })

  test('takes typing on as one step, and a pause as another', () => {
    const typed = (title: string, at: number) => edit({ type: 'set', settings: { title } }, at)
    const history = [typed('O', 0), typed('Ou', 200), typed('Our', 400), typed('Ours', 5000)].reduce(takeStep, start)
    expect(history.past).toHaveLength(2)
    expect(takeStep(history, { type: 'undo' }).now.settings.title).toBe('Our')
  })

  test('takes what changes nothing as no step', () => {
    expect(takeStep(start, edit({ type: 'move_row', row: 'r1', by: -1 }))).toBe(start)
  })
})

test.each([
  ['Coût & Qualität 2026!', [], 'cout_qualitat_2026'],
  ['2026', [], 'dashboard'],
  ['My board', ['my_board', 'my_board_2'], 'my_board_3'],
])('the title %s makes a name of files', (title, taken, name) => {
  expect(nameFor(title, taken)).toBe(name)
})
