import type { AccessRule } from '../../definitions/index.ts'
import { type Code, nearest, oneOf } from '../../diagnostics/index.ts'
import type { AccessValue, ModelAccess } from '../manifest.ts'
import type { DimensionNode } from '../models/index.ts'
import type { Declared, Project } from '../project/index.ts'

export type DeclaredRow = Declared<NonNullable<AccessRule['rows']>[number]>
export type CompiledRow = ModelAccess['rows'][number]

const ALWAYS = ['id', 'email', 'role', 'org']

/** The value of a row rule where it fits operator and dimension, or null where that was reported. */
export function accessValue(project: Project, row: DeclaredRow, dimension: DimensionNode): AccessValue | null {
  const { operator, value } = row.value
  const refuse = (code: Code, message: string, hint: string) => {
    project.report(code, message, { at: row.at(['value']), hint })
    return null
  }
  if (typeof value === 'string' && value.startsWith('user.')) return attributeOf(project, row, value.slice(5))
  if (typeof value === 'string' && /^\W*user\.\w+\W*$/.test(value)) {
    return refuse('AM1504', `\`${value}\` would be taken as text.`, `Write \`${value.replace(/[^\w.]/g, '')}\`.`)
  }
  const isList = operator === 'in' || operator === 'not_in'
  if (isList !== Array.isArray(value)) {
    const hint = isList
      ? 'Write a list, or an attribute such as `user.team_ids`.'
      : `Write one value, or \`operator: ${operator === 'not_equals' ? 'not_in' : 'in'}\`.`
    return refuse('AM1502', `\`${operator}\` compares with ${isList ? 'a list' : 'one value'}.`, hint)
  }
  const wrong = (Array.isArray(value) ? value : [value]).find((item) => !fits(item, dimension))
  if (wrong !== undefined) {
    return refuse(
      'AM1503',
      `\`${wrong}\` is no value of \`${dimension.name}\`, which is of type ${dimension.type}.`,
      'Correct the value.',
    )
  }
  return { constant: value }
}

/** Only what has an order is greater or less. */
export function checkOperator({ report }: Project, row: DeclaredRow, dimension: DimensionNode): boolean {
  const { operator } = row.value
  if (!['gt', 'gte', 'lt', 'lte'].includes(operator) || dimension.type === 'number' || dimension.type === 'time')
    return true
  report(
    'AM1502',
    `\`${operator}\` needs a number or a time, and \`${dimension.name}\` is of type ${dimension.type}.`,
    {
      at: row.at(['operator']),
      hint: 'Write `equals`, `not_equals`, `in` or `not_in`.',
    },
  )
  return false
}

function attributeOf({ config, report }: Project, row: DeclaredRow, attribute: string): AccessValue | null {
  const at = row.at(['value'])
  if (!/^[a-z][a-z0-9_]*$/i.test(attribute)) {
    report('AM1504', `\`user.${attribute}\` is no attribute of a caller.`, {
      at,
      hint: 'Write one such as `user.team_ids`.',
    })
    return null
  }
  const known = config.identity == null ? undefined : [...ALWAYS, ...Object.keys(config.identity.attributes)]
  if (known !== undefined && !known.includes(attribute)) {
    const near = nearest(attribute, known)
    report('AM1505', `Callers have no attribute \`${attribute}\`, so nobody would see a row.`, {
      at,
      hint:
        near === undefined
          ? `Add it to \`identity.attributes\` of the configuration, or use ${oneOf(known.map((name) => `user.${name}`))}.`
          : `Did you mean \`user.${near}\`?`,
    })
  }
  return { attribute }
}

function fits(value: unknown, { type }: DimensionNode): boolean {
  if (type === 'number') return typeof value === 'number'
  if (type === 'boolean') return typeof value === 'boolean'
  if (type === 'time') return typeof value === 'string' && !Number.isNaN(Date.parse(value))
  return typeof value === 'string'
}
