import { type Diagnostic, diagnostic } from '../diagnostics/index.ts'
import type { Locate, Path } from '../documents/index.ts'

export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly required: boolean
}

interface Read {
  readonly value: unknown
  readonly diagnostics: readonly Diagnostic[]
}

const REFERENCE = /\$\{([^}]*)\}/g

/** Replaces every `${env:NAME}` in a configuration by the variable. */
export function readEnvironment(value: unknown, environment: Environment, locate: Locate): Read {
  const diagnostics: Diagnostic[] = []
  const replace = (text: string, path: Path) =>
    text.replace(REFERENCE, (reference: string, inner: string, offset: number) => {
      const at = locate(path, 'value', offset, reference.length)
      const name = /^\s*env:\s*([A-Za-z_]\w*)\s*$/.exec(inner)?.[1]
      if (name === undefined) diagnostics.push(malformed(reference, inner, at))
      else if (!environment.env[name] && environment.required)
        diagnostics.push(missing(name, environment.env[name], at))
      return name === undefined ? reference : (environment.env[name] ?? '')
    })
  return { value: mapTexts(value, [], replace), diagnostics }
}

function mapTexts(value: unknown, path: Path, change: (text: string, path: Path) => string): unknown {
  if (typeof value === 'string') return change(value, path)
  if (Array.isArray(value)) return value.map((item, index) => mapTexts(item, [...path, index], change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, mapTexts(child, [...path, key], change)]))
}

const missing = (name: string, value: string | undefined, at: Diagnostic['at']) =>
  diagnostic('AM2006', `The environment variable ${name} is ${value === undefined ? 'not set' : 'empty'}.`, {
    at,
    hint: `Set it where the command runs: \`export ${name}=…\`.`,
  })

const malformed = (reference: string, inner: string, at: Diagnostic['at']) =>
  diagnostic('AM2009', `\`${reference}\` refers to nothing.`, {
    at,
    hint: `Variables of the environment are written \`\${env:${inner.replace(/^\w*[:.]/, '').replace(/\W/g, '') || 'NAME'}}\`.`,
  })
