import type { Widget } from '../../../runtime/definitions/index.ts'
import type { Definition } from '../../queries/personal-dashboards.ts'

/** A widget being edited: the key stays while everything else may change. */
export interface EditedWidget {
  readonly key: string
  readonly definition: Widget
}

export interface EditedRow {
  readonly key: string
  readonly title: string
  readonly widgets: readonly EditedWidget[]
}

export interface Edited {
  readonly settings: Omit<Definition, 'rows'>
  readonly rows: readonly EditedRow[]
}

/** Where a widget goes: into a row before one of its widgets, or into a row of its own before a row. */
export type Target =
  | { readonly kind: 'in_row'; readonly row: string; readonly index: number }
  | { readonly kind: 'new_row'; readonly index: number }

export type Direction = 'left' | 'right' | 'up' | 'down'

export type Edit =
  | { readonly type: 'move'; readonly widget: string; readonly to: Target }
  | { readonly type: 'resize'; readonly widget: string; readonly width?: number; readonly height?: number }
  | { readonly type: 'add'; readonly definition: Widget; readonly key: string; readonly to: Target }
  | { readonly type: 'change'; readonly widget: string; readonly definition: Widget }
  | { readonly type: 'duplicate'; readonly widget: string; readonly key: string }
  | { readonly type: 'remove'; readonly widget: string }
  | { readonly type: 'name_row'; readonly row: string; readonly title: string }
  | { readonly type: 'move_row'; readonly row: string; readonly by: -1 | 1 }
  | { readonly type: 'remove_row'; readonly row: string }
  | { readonly type: 'set'; readonly settings: Partial<Omit<Definition, 'rows'>> }

export const COLUMNS = 12
export const TALLEST = 12

/** `mark` tells the keys of one beginning from those of another. */
export function beginEdit({ rows, ...settings }: Definition, mark = ''): Edited {
  return {
    settings,
    rows: rows.map((row, index) => ({
      key: `${mark}r${index + 1}`,
      title: row.title ?? '',
      widgets: row.widgets.map((definition, place) => ({ key: `${mark}w${index + 1}_${place + 1}`, definition })),
    })),
  }
}

/** What is edited, as in a file: rows without widgets are none. */
export function definitionOf({ settings, rows }: Edited): Definition {
  return {
    ...settings,
    rows: rows
      .filter(({ widgets }) => widgets.length > 0)
      .map(({ title, widgets }) => ({
        ...(title !== '' && { title }),
        widgets: widgets.map(({ definition }) => definition),
      })),
  }
}

export function applyEdit(edited: Edited, edit: Edit): Edited {
  const rows = (change: (row: EditedRow) => EditedRow) => withoutEmpty({ ...edited, rows: edited.rows.map(change) })
  const widgets = (key: string, change: (widget: EditedWidget) => readonly EditedWidget[]) =>
    rows((row) => ({ ...row, widgets: row.widgets.flatMap((one) => (one.key === key ? change(one) : [one])) }))
  switch (edit.type) {
    case 'set':
      return { ...edited, settings: { ...edited.settings, ...edit.settings } }
    case 'add':
      return put(edited, { key: edit.key, definition: edit.definition }, edit.to)
    case 'change':
      return widgets(edit.widget, (one) => [{ ...one, definition: edit.definition }])
    case 'resize':
      return widgets(edit.widget, (one) => [withSize(one, edit)])
    case 'duplicate':
      return widgets(edit.widget, (one) => [one, { ...one, key: edit.key }])
    case 'remove':
      return widgets(edit.widget, () => [])
    case 'name_row':
      return rows((row) => (row.key === edit.row ? { ...row, title: edit.title } : row))
    case 'move_row':
      return moveRow(edited, edit.row, edit.by)
    case 'remove_row':
      return { ...edited, rows: edited.rows.filter(({ key }) => key !== edit.row) }
    case 'move':
      return moveWidget(edited, edit.widget, edit.to)
  }
}

export const findWidget = ({ rows }: Edited, key: string): EditedWidget | undefined =>
  rows.flatMap(({ widgets }) => widgets).find((widget) => widget.key === key)

/** Where a widget stands, for those who do not see it. */
export function placeText({ rows }: Edited, key: string): string {
  const at = rows.findIndex(({ widgets }) => widgets.some((widget) => widget.key === key))
  const widgets = rows[at]?.widgets ?? []
  const place = widgets.findIndex((widget) => widget.key === key)
  return `row ${at + 1} of ${rows.length}, place ${place + 1} of ${widgets.length}`
}

/** One step by an arrow key: within the row, and beyond its ends into the row before or after. */
export function stepOf({ rows }: Edited, key: string, direction: Direction): Target | null {
  const at = rows.findIndex(({ widgets }) => widgets.some((widget) => widget.key === key))
  const row = rows[at]
  if (row === undefined) return null
  const index = row.widgets.findIndex((widget) => widget.key === key)
  if (direction === 'left') return index > 0 ? { kind: 'in_row', row: row.key, index: index - 1 } : null
  if (direction === 'right') {
    return index < row.widgets.length - 1 ? { kind: 'in_row', row: row.key, index: index + 2 } : null
  }
  const other = rows[direction === 'up' ? at - 1 : at + 1]
  if (other !== undefined) return { kind: 'in_row', row: other.key, index: Math.min(index, other.widgets.length) }
  // Beyond the first and the last row a new one begins, unless the widget is alone in its row already.
  return row.widgets.length > 1 ? { kind: 'new_row', index: direction === 'up' ? 0 : rows.length } : null
}

function moveWidget(edited: Edited, key: string, to: Target): Edited {
  const moved = findWidget(edited, key)
  if (moved === undefined) return edited
  const before = edited.rows.find((row) => to.kind === 'in_row' && row.key === to.row)?.widgets.slice(0, to.index) ?? []
  const passed = before.some((one) => one.key === key) ? 1 : 0
  const without = edited.rows.map((row) => ({ ...row, widgets: row.widgets.filter((one) => one.key !== key) }))
  return put({ ...edited, rows: without }, moved, { ...to, index: to.index - passed })
}

function put(edited: Edited, widget: EditedWidget, to: Target): Edited {
  if (to.kind === 'new_row') {
    const row: EditedRow = { key: freshKey(edited, 'r'), title: '', widgets: [widget] }
    return withoutEmpty({ ...edited, rows: edited.rows.toSpliced(to.index, 0, row) })
  }
  const rows = edited.rows.map((row) =>
    row.key === to.row ? { ...row, widgets: row.widgets.toSpliced(to.index, 0, widget) } : row,
  )
  return withoutEmpty({ ...edited, rows })
}

/** A key that no row or widget has. */
export function freshKey({ rows }: Edited, kind: 'r' | 'w'): string {
  const taken = rows.flatMap((row) => [row.key, ...row.widgets.map(({ key }) => key)])
  let turn = taken.length + 1
  while (taken.includes(`${kind}${turn}`)) turn += 1
  return `${kind}${turn}`
}

function moveRow(edited: Edited, key: string, by: -1 | 1): Edited {
  const at = edited.rows.findIndex((row) => row.key === key)
  const row = edited.rows[at]
  const to = at + by
  if (row === undefined || to < 0 || to >= edited.rows.length) return edited
  const others = edited.rows.filter((other) => other.key !== key)
  return { ...edited, rows: [...others.slice(0, to), row, ...others.slice(to)] }
}

function withSize(widget: EditedWidget, { width, height }: { readonly width?: number; readonly height?: number }) {
  const size = {
    ...(width !== undefined && { width: within(1, width, COLUMNS) }),
    ...(height !== undefined && { height: within(1, height, TALLEST) }),
  }
  return { ...widget, definition: { ...widget.definition, ...size } }
}

const within = (least: number, value: number, most: number) => Math.min(most, Math.max(least, Math.round(value)))

const withoutEmpty = (edited: Edited): Edited => ({
  ...edited,
  rows: edited.rows.filter(({ widgets }) => widgets.length > 0),
})
