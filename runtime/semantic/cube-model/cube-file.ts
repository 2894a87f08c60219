/** A value that stands in the generated file as code: template literals with references, member lists, paths. */
export interface Code {
  readonly code: string
}

export const code = (text: string): Code => ({ code: text })

/**
 * SQL as a function of the cubes it refers to, the form into which Cube would bring it; so nothing is left to
 * transpile, which takes Cube longer than all the rest of its compiling.
 */
export function template(parts: readonly (string | Code)[]): Code {
  const live = parts.flatMap((part) => (typeof part === 'string' ? [] : part.code))
  const body = parts.map((part) => (typeof part === 'string' ? escapeTemplate(part) : part.code)).join('')
  return withReferences(`\`${body}\``, live.join(''), /\$\{([A-Za-z_]\w*)/g)
}

/** Members or a join path, such as `orders__cube.shops__cube.name`. */
export function memberPaths(paths: readonly string[]): Code {
  return withReferences(`[${paths.join(', ')}]`, paths.join(' '), /(?<![\w.])([A-Za-z_]\w*)/g)
}

export const memberPath = (path: string): Code => withReferences(path, path, /(?<![\w.])([A-Za-z_]\w*)/g)

function withReferences(body: string, references: string, pattern: RegExp): Code {
  const names = [...new Set([...references.matchAll(pattern)].map(([, name]) => name))]
  return code(`(${names.join(', ')}) => ${body}`)
}

export const reference = (path: string): Code => code(`\${${path}}`)

const escapeTemplate = (text: string): string => text.replace(/[`\\]|\$(?=\{)/g, '\\$&').replaceAll('\r\n', '\n')

export type Literal =
  | string
  | number
  | boolean
  | null
  | Code
  | readonly Literal[]
  | { readonly [key: string]: Literal | undefined }

/** Prints a value as JavaScript with one property a line. */
export function print(value: Literal, indent = ''): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isCode(value)) return value.code
  const deeper = `${indent}  `
  if (isList(value)) {
    if (value.length === 0) return '[]'
    const items = value.map((item) => print(item, deeper))
    const line = `[${items.join(', ')}]`
    return line.length < 100 && !line.includes('\n')
      ? line
      : `[\n${items.map((item) => deeper + item).join(',\n')}\n${indent}]`
  }
  const entries = Object.entries(value).filter((entry): entry is [string, Literal] => entry[1] !== undefined)
  if (entries.length === 0) return '{}'
  return `{\n${entries.map(([key, item]) => `${deeper}${propertyKey(key)}: ${print(item, deeper)}`).join(',\n')}\n${indent}}`
}

const propertyKey = (key: string) => (/^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key))
const isCode = (value: object): value is Code => 'code' in value && typeof value.code === 'string'
const isList = (value: object): value is readonly Literal[] => Array.isArray(value)
