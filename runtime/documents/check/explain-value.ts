import { oneOf } from '../../diagnostics/index.ts'
import type { Finding } from './explain-errors.ts'
import { meantBy } from './explain-key.ts'
import { explainPattern } from './explain-pattern.ts'
import { describeValue, type JsonSchema, nounsOf, shorten, typeOf, typesOf } from './json-schema.ts'
import { capitalize, subject } from './subject.ts'
import type { Violation } from './violation.ts'

/** A value that its key does not take. */
export function explainValue(finding: Finding): Violation {
  const { error } = finding
  switch (error.keyword) {
    case 'type':
      return wrongType(finding, typesOf(error.parentSchema as JsonSchema))
    case 'enum':
      return notAllowed(finding, ((error.parentSchema as JsonSchema).enum ?? []).map(String))
    case 'const':
      return finding.path[0] === 'version'
        ? unknownVersion(finding)
        : notAllowed(finding, [String(error.params.allowedValue)])
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

const base = ({ path }: Finding) => ({ path, of: 'value' }) as const
const thing = ({ path, content, vocabulary }: Finding) => subject(path, content, vocabulary)

function wrongType(finding: Finding, types: readonly string[]): Violation {
  const { data, parentSchema } = finding.error
  const isFile = finding.path.length === 0
  const message =
    data === null && !isFile
      ? `${capitalize(thing(finding))} has no value; it takes ${nounsOf(types)}.`
      : `${capitalize(thing(finding))} has to be ${nounsOf(types)}, not ${describeValue(data)}.`
  return {
    ...base(finding),
    code: 'AM1103',
    message,
    hint: hintForType(data, types, parentSchema as JsonSchema, isFile),
  }
}

function hintForType(data: unknown, types: readonly string[], schema: JsonSchema, isFile: boolean): string | undefined {
  if (isFile) return 'A file starts with `version: 1`; the other keys follow in lines of their own.'
  if (types.includes('string') && bareReference(data))
    return `YAML takes braces for a mapping: write \`"{${bareReference(data)}}"\` in quotes.`
  if (types.includes('string') && ['number', 'boolean'].includes(typeOf(data)))
    return `Put it in quotes: \`"${String(data)}"\`.`
  if (types.includes('array') && data === null)
    return 'Give it items, each in a line that starts with `- `, or remove the key.'
  if (types.includes('array') && typeOf(data) === 'string') return `Write it as a list: \`[${shorten(String(data))}]\`.`
  if (types.includes('array') && typeOf(data) === 'object') return 'Start each item in a line of its own with `- `.'
  if (types.includes('boolean') && /^(yes|on|y|true)$/i.test(String(data))) return 'Write `true`, without quotes.'
  if (types.includes('boolean') && /^(no|off|n|false)$/i.test(String(data))) return 'Write `false`, without quotes.'
  if (numeric(types) && typeOf(data) === 'string') return numberHint(String(data))
  return data === null ? 'Give it a value or remove the key.' : schema.description
}

const numeric = (types: readonly string[]) => types.includes('number') || types.includes('integer')

function numberHint(text: string): string | undefined {
  const percent = /^(\d+(?:\.\d+)?)\s*%$/.exec(text)?.[1]
  if (percent !== undefined) return `Write it as a fraction: \`${Number(percent) / 100}\`.`
  return text.trim() !== '' && Number.isFinite(Number(text)) ? `Write it without quotes: \`${text}\`.` : undefined
}

/** `{name}` without quotes is a mapping with one key that has no value. */
function bareReference(data: unknown): string | undefined {
  if (typeOf(data) !== 'object') return undefined
  const [[key, value] = [], ...others] = Object.entries(data as object)
  return others.length === 0 && value === null ? key : undefined
}

function notAllowed(finding: Finding, allowed: readonly string[]): Violation {
  const value = finding.error.data
  const meant = typeof value === 'string' ? meantBy(value, allowed, finding.vocabulary.values) : undefined
  const hint =
    meant === undefined
      ? `It can be ${oneOf(allowed, 20)}.`
      : `Did you mean \`${meant}\`? It can be ${oneOf(allowed, 20)}.`
  return {
    ...base(finding),
    code: 'AM1104',
    message: `${capitalize(thing(finding))} cannot be ${describeValue(value)}.`,
    hint,
  }
}

const unknownVersion = (finding: Finding): Violation => ({
  ...base(finding),
  code: 'AM1109',
  message: `There is no version ${JSON.stringify(finding.error.data)} of the definition language.`,
  hint: 'Write `version: 1`.',
})

/** The key that tells the forms of a union apart is missing or wrong. */
function wrongTag(finding: Finding): Violation {
  const { error, path, content, vocabulary } = finding
  const { tag, tagValue } = error.params as { readonly tag: string; readonly tagValue: unknown }
  const forms = (error.parentSchema as { readonly oneOf?: readonly JsonSchema[] }).oneOf ?? []
  const tags = forms.map(({ properties }) => String(properties?.[tag]?.const))
  const what = subject(path, content, vocabulary)
  if (tagValue === undefined) {
    return {
      code: 'AM1110',
      path,
      of: 'value',
      message: `${capitalize(what)} has no \`${tag}\`.`,
      hint: `It can be ${oneOf(tags, 20)}.`,
      missing: tag,
    }
  }
  const meant = typeof tagValue === 'string' ? meantBy(tagValue, tags, vocabulary.values) : undefined
  const hint = `${meant === undefined ? '' : `Did you mean \`${meant}\`? `}It can be ${oneOf(tags, 20)}.`
  return {
    code: 'AM1110',
    path: [...path, tag],
    of: 'value',
    message: `${capitalize(what)} cannot have the ${tag} ${JSON.stringify(tagValue)}.`,
    hint,
  }
}

function wrongCount(finding: Finding): Violation {
  const { keyword, params, data } = finding.error
  const wanted = `${keyword === 'minItems' ? 'at least' : 'at most'} ${String(params.limit)} item${params.limit === 1 ? '' : 's'}`
  const count = (data as readonly unknown[]).length
  return {
    ...base(finding),
    code: 'AM1108',
    message: `${capitalize(thing(finding))} has ${count === 0 ? 'none' : count}, but takes ${wanted}.`,
    hint: (finding.error.parentSchema as JsonSchema).description,
  }
}

function outOfRange(finding: Finding): Violation {
  const { params, data, parentSchema } = finding.error
  const limit = `${{ '>=': 'at least', '<=': 'at most', '>': 'more than', '<': 'less than' }[String(params.comparison)] ?? ''} ${String(params.limit)}`
  const description = (parentSchema as JsonSchema).description
  return {
    ...base(finding),
    code: 'AM1107',
    message: `${capitalize(thing(finding))} has to be ${limit}, not ${String(data)}.`,
    hint: description,
  }
}

/** A value that has none of the forms its key takes. */
export function explainUnion(finding: Finding): Violation {
  const { data, parentSchema } = finding.error
  const union = parentSchema as JsonSchema
  const types = typesOf(union)
  if (!types.includes(typeOf(data))) return wrongType(finding, types)
  const message = `${capitalize(thing(finding))} has none of the forms it can have.`
  return { ...base(finding), code: 'AM1111', message, hint: formsOf(union) }
}

function formsOf(union: JsonSchema): string {
  const forms = (union.anyOf ?? []).map((form) =>
    form.properties ? `\`{ ${(form.required ?? Object.keys(form.properties)).join(', ')} }\`` : nounsOf(typesOf(form)),
  )
  return union.description === undefined ? `It can be ${forms.join(' or ')}.` : `It can be: ${union.description}`
}
