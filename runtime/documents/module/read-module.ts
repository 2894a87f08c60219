import { diagnostic } from '../../diagnostics/index.ts'
import { type Document, unreadable } from '../document.ts'
import { type PositionOf, positionsIn } from '../text-position.ts'
import { importModule } from './import-module.ts'
import { localImports } from './local-imports.ts'
import { locateInModule } from './locate-in-module.ts'
import { explainThrown } from './module-error.ts'
import { plainData } from './plain-data.ts'
import { DYNAMIC, staticValue } from './static-value.ts'
import { moduleSyntax, type SyntaxNode } from './syntax-node.ts'

/** A document that came out of a module, with absolute paths of the local modules that it depends on. */
export interface ModuleDocument extends Document {
  readonly imports: readonly string[]
}

/**
 * Reads the default export of a TypeScript or JavaScript module. Literals are read as they stand; the module runs
 * only where its content is computed. `path` is absolute; `define` is what it calls its definitions with.
 */
export async function readModule(file: string, text: string, path: string, define: string): Promise<ModuleDocument> {
  const { parseSync } = await import('oxc-parser')
  const positionOf = positionsIn(file, text)
  const { program, errors } = parseSync(path, text)
  const [error] = errors
  if (error) return { ...unreadable(file, [syntaxError(error, positionOf)]), imports: [] }
  const syntax = moduleSyntax(program as unknown as SyntaxNode)
  const imports = syntax.imports.length === 0 ? [] : localImports(path, text, parseSync)
  if (syntax.exported === undefined) return { ...unreadable(file, [noDefault(positionOf, define)]), imports }
  const locate = locateInModule(text, syntax, positionOf)
  try {
    const literal = staticValue(syntax.exported, syntax.constants)
    const value = literal === DYNAMIC ? await importModule(path) : literal
    return { file, ...plainData(value, locate), locate, imports }
  } catch (thrown) {
    return { ...unreadable(file, [explainThrown(thrown, { path, text, syntax, positionOf })]), imports }
  }
}

interface OxcError {
  readonly message: string
  readonly labels: readonly { readonly message: string | null; readonly start: number; readonly end: number }[]
  readonly helpMessage: string | null
}

function syntaxError(error: OxcError, positionOf: PositionOf) {
  const label = error.labels.find(({ message }) => message?.includes('expected')) ?? error.labels[0]
  return diagnostic('AM1012', `This is not valid TypeScript: ${error.message}.`, {
    at: positionOf(label?.start ?? 0, label?.end),
    hint: error.helpMessage ?? 'Nothing in the file can be read until it parses.',
  })
}

const noDefault = (positionOf: PositionOf, define: string) =>
  diagnostic('AM1013', 'The module has no default export, so it declares nothing.', {
    at: positionOf(0),
    hint: `Write \`export default ${define}({ … })\`. A module that others only import is named with a leading \`_\`.`,
  })
