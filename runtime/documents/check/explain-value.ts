import { oneOf } from '../../diagnostics/index.ts'
import type { Finding } from './explain-errors.ts'
import { meantBy } from './explain-key.ts'
import { explainPattern } from './explain-pattern.ts'
import { explainType } from './explain-type.ts'
import { describeValue, type JsonSchema, nounsOf, shorten, typeOf, typesOf } from './json-schema.ts'
import { capitalize, subject } from './subject.ts'
import type { Violation } from './violation.ts'

/** A value that its key does not take. */
export function explainValue(finding: Finding): Violation {
  const { error, path } = finding
  switch (error.keyword) {
    case 'type':
      return path[0] === 'version' ? unknownVersion(finding) : explainType(finding)
    case 'enum':
      return notAllowed(finding, ((error.parentSchema as JsonSchema).enum ?? []).map(String))
    case 'const':
      return path[0] === 'version' ? unknownVersion(finding) : notAllowed(finding, [String(error.params.allowedValue)])
    case 'discriminator':
      return wrongTag(finding)
    case 'pattern':
    case 'format':
    case 'minLength':
    case 'maxLength':
      return explainPattern(finding)
    case 'minItems':
    case 'maxItems':
      return wrongCount(finding)
    default:
      return outOfRange(finding)
  }
}

const told = (finding: Finding, code: Violation['code'], message: string, hint: string | undefined): Violation => {
  const thing = capitalize(subject(finding.path, finding.content, finding.vocabulary))
  return { code, path: finding.path, of: 'value', message: `${thing} ${message}`, hint }
}

function notAllowed(finding: Finding, allowed: readonly string[]): Violation {
  const value = finding.error.data
  const hint = choices(value, allowed, finding)
  return told(finding, 'AM1104', `cannot be ${typeof value === 'string' ? quote(value) : describeValue(value)}.`, hint)
}

const quote = (text: string) => `\`${shorten(text)}\``

function choices(value: unknown, allowed: readonly string[], { vocabulary }: Finding): string {
  const meant = typeof value === 'string' ? meantBy(value, allowed, vocabulary.values) : undefined
  return `${meant === undefined ? '' : `Did you mean \`${meant}\`? `}It can be ${oneOf(allowed, 20)}.`
}

const unknownVersion = ({ error, path }: Finding): Violation => ({
  code: 'AM1109',
  path,
  of: 'value',
  message: `There is no version ${JSON.stringify(error.data)} of the definition language.`,
  hint: 'Write `version: 1`.',
})

/** The key that tells the forms of a union apart is missing or wrong. */
function wrongTag(finding: Finding): Violation {
  const { tag, tagValue } = finding.error.params as { readonly tag: string; readonly tagValue: unknown }
  const forms = (finding.error.parentSchema as { readonly oneOf?: readonly JsonSchema[] }).oneOf ?? []
  const tags = forms.map(({ properties }) => String(properties?.[tag]?.const))
  const hint = choices(tagValue, tags, finding)
  if (tagValue === undefined) return { ...told(finding, 'AM1110', `has no \`${tag}\`.`, hint), missing: tag }
  const wrong = told(finding, 'AM1110', `cannot have the ${tag} ${quote(String(tagValue))}.`, hint)
  return { ...wrong, path: [...finding.path, tag] }
}

function wrongCount(finding: Finding): Violation {
  const { keyword, params, data, parentSchema } = finding.error
  const count = (data as readonly unknown[]).length
  const items = `${count === 0 ? 'no' : count} item${count === 1 ? '' : 's'}`
  const wanted = `${keyword === 'minItems' ? 'needs at least' : 'takes at most'} ${String(params.limit)}`
  return told(finding, 'AM1108', `has ${items}, but ${wanted}.`, (parentSchema as JsonSchema).description)
}

const COMPARISONS: Readonly<Record<string, string>> = {
  '>=': 'at least',
  '<=': 'at most',
  '>': 'more than',
  '<': 'less than',
}

function outOfRange(finding: Finding): Violation {
  const { params, data, parentSchema } = finding.error
  const { description } = parentSchema as JsonSchema
  const isPercentage = params.limit === 1 && typeof data === 'number' && data > 1 && data <= 100
  const hint = isPercentage ? `Write \`${data / 100}\`. ${description ?? ''}`.trim() : description
  const limit = `${COMPARISONS[String(params.comparison)] ?? ''} ${String(params.limit)}`
  return told(finding, 'AM1107', `has to be ${limit}, not ${String(data)}.`, hint)
}

/** A value that has none of the forms its key takes. */
export function explainUnion(finding: Finding): Violation {
  const { data, parentSchema } = finding.error
  const union = parentSchema as JsonSchema
  if (!typesOf(union).includes(typeOf(data))) return explainType(finding)
  const alone = bareWord(data, union)
  if (alone === undefined) return told(finding, 'AM1111', 'has none of the forms it can have.', formsOf(union))
  return told(finding, 'AM1111', `has arguments, but \`${alone}\` takes none.`, `Write \`${alone}\` alone.`)
}

/** A mapping whose only key is one of the texts that may stand alone: `{ unique: true }`. */
function bareWord(data: unknown, union: JsonSchema): string | undefined {
  const [key, ...others] = typeOf(data) === 'object' ? Object.keys(data as object) : []
  const words = (union.anyOf ?? []).flatMap((form) => form.enum ?? [])
  return others.length === 0 && words.includes(key) ? key : undefined
}

function formsOf(union: JsonSchema): string {
  if (union.description !== undefined) return `It can be: ${union.description}`
  const forms = (union.anyOf ?? []).map((form) => {
    const keys = form.required ?? Object.keys(form.properties ?? {})
    return form.properties ? `\`{ ${keys.join(', ')} }\`` : nounsOf(typesOf(form))
  })
  return `It can be ${forms.join(' or ')}.`
}
