import type { ErrorObject } from 'ajv'
import type { Path } from '../document.ts'
import { chooseForm } from './choose-form.ts'
import { explainKey, explainMissing } from './explain-key.ts'
import { explainUnion, explainValue } from './explain-value.ts'
import type { JsonSchema } from './json-schema.ts'
import type { Vocabulary } from './subject.ts'
import type { Violation } from './violation.ts'

export interface Findings {
  readonly errors: readonly ErrorObject[]
  readonly content: unknown
  readonly schema: JsonSchema
  readonly vocabulary: Vocabulary
}

/** One error of ajv with what is needed to tell it in words. */
export interface Finding {
  readonly error: ErrorObject
  readonly path: Path
  readonly content: unknown
  readonly schema: JsonSchema
  readonly vocabulary: Vocabulary
}

/** Errors of ajv in words, each mistake once. */
export function explainErrors(findings: Findings): readonly Violation[] {
  const { content, schema, vocabulary } = findings
  const violations = withoutUnions(findings.errors).flatMap((error) => {
    const path = pathOf(error.instancePath, content)
    return explain({ error, path, content, schema, vocabulary })
  })
  return withoutEchoes(violations)
}

function explain(finding: Finding): readonly Violation[] {
  switch (finding.error.keyword) {
    case 'additionalProperties':
      return [explainKey(finding)]
    case 'required':
      return [explainMissing(finding)]
    case 'anyOf':
      return [explainUnion(finding)]
    case 'oneOf':
    case 'items':
    case 'additionalItems':
      return []
    default:
      return [explainValue(finding)]
  }
}

/** For a value of several forms: only the errors of the form that was meant, or that of the union itself. */
function withoutUnions(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const union = errors
    .filter(({ keyword }) => keyword === 'anyOf')
    .reduce<ErrorObject | undefined>((a, b) => (a && a.schemaPath.length <= b.schemaPath.length ? a : b), undefined)
  if (union === undefined) return errors
  const prefix = `${union.schemaPath}/`
  const isInside = (error: ErrorObject) =>
    error !== union &&
    error.schemaPath.startsWith(prefix) &&
    `${error.instancePath}/`.startsWith(`${union.instancePath}/`)
  const isOther = (error: ErrorObject) => error !== union && !isInside(error)
  const form = chooseForm(union)
  const chosen = errors.filter((error) => isInside(error) && error.schemaPath.startsWith(`${prefix}${form}/`))
  const isConstant = chosen.every(
    ({ keyword, instancePath }) => keyword === 'const' && instancePath === union.instancePath,
  )
  const told = form === undefined || isConstant ? [union] : withoutUnions(chosen)
  return [...withoutUnions(errors.filter(isOther)), ...told]
}

/** A misspelt key is not missing as well, and a value of the wrong type has no other faults. */
function withoutEchoes(violations: readonly Violation[]): readonly Violation[] {
  const meant = new Set(
    violations.flatMap(({ path, meant }) => (meant === undefined ? [] : [keyOf([...path.slice(0, -1), meant])])),
  )
  const unique = new Map(violations.map((item) => [`${keyOf(item.path)} ${item.message}`, item]))
  return [...unique.values()].filter(
    ({ path, missing }) => missing === undefined || !meant.has(keyOf([...path, missing])),
  )
}

const keyOf = (path: Path) => JSON.stringify(path)

function pathOf(instancePath: string, content: unknown): Path {
  let value = content
  return instancePath
    .split('/')
    .slice(1)
    .map((token) => {
      const key = token.replaceAll('~1', '/').replaceAll('~0', '~')
      const step = Array.isArray(value) ? Number(key) : key
      value = (value as Record<string | number, unknown>)[step]
      return step
    })
}
