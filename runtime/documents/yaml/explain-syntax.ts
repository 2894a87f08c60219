import type { YAMLError, Document as YamlAst } from 'yaml'
import { type Diagnostic, diagnostic, type Position } from '../../diagnostics/index.ts'
import type { PositionOf } from '../text-position.ts'
import { openBracket, openQuote } from './unclosed.ts'
import { unquoted } from './unquoted.ts'

export interface YamlSource {
  readonly text: string
  readonly ast: YamlAst
  readonly positionOf: PositionOf
}

/** What keeps a file from being read. One mistake makes YAML stumble many times: only first causes are told. */
export function explainSyntax(source: YamlSource): readonly Diagnostic[] {
  const { ast, text, positionOf } = source
  const spaces = oddSpaces(text, positionOf)
  const errors = [...ast.errors, ...ast.warnings].filter(({ code }) => code !== 'DUPLICATE_KEY')
  if (errors.length === 0) return []
  if (spaces.length > 0) return spaces
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT')
  if (tabs.length > 0) return [tab(tabs, positionOf)]
  const texts = unquoted(text, positionOf)
  if (texts.length > 0) return texts
  const first = errors.reduce((a, b) => (b.pos[0] < a.pos[0] ? b : a))
  return [explain(first, source)]
}

/** Lines that git writes into a file it could not merge. */
export function conflictMarkers(file: string, text: string): readonly Diagnostic[] {
  if (!/^<{7} /m.test(text)) return []
  const line = text.slice(0, text.search(/^<{7} /m)).split('\n').length
  return [
    diagnostic('AM1020', 'The file holds an unresolved merge conflict.', {
      at: { file, line, column: 1, endLine: line, endColumn: 8 },
      hint: 'Decide between the two versions and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`.',
    }),
  ]
}

function oddSpaces(text: string, positionOf: PositionOf): readonly Diagnostic[] {
  const match = /^ *([\u00a0\u2000-\u200b\u3000])/m.exec(text)
  if (!match) return []
  const start = match.index + match[0].length - 1
  return [
    diagnostic(
      'AM1005',
      'The line is indented with a space that is not an ordinary one, often copied from a web page.',
      {
        at: positionOf(start, start + 1),
        hint: 'Replace it with ordinary spaces.',
      },
    ),
  ]
}

function tab(errors: readonly YAMLError[], positionOf: PositionOf): Diagnostic {
  const lines = [...new Set(errors.map(({ pos }) => positionOf(pos[0]).line))]
  const [first = errors[0]] = errors
  const more = lines.length > 1 ? ` (${lines.length} lines)` : ''
  return diagnostic('AM1002', `The line is indented with a tab${more}; YAML takes spaces only.`, {
    at: positionOf(first?.pos[0] ?? 0, (first?.pos[0] ?? 0) + 1),
    hint: 'Indent with two spaces for each level, and set the editor to insert spaces in YAML files.',
  })
}

const COLON_IN_TEXT = /^\s*(?:- )?([\w-]+):\s+(.*:\s.*)$/

type Explanation = readonly [
  code: 'AM1001' | 'AM1004' | 'AM1005' | 'AM1008' | 'AM1009' | 'AM1014',
  message: string,
  hint: string,
]

function explain(error: YAMLError, source: YamlSource): Diagnostic {
  const quote = error.code === 'MISSING_CHAR' && / closing /.test(error.message) ? openQuote(source.ast) : undefined
  const bracket = / flow |Flow /.test(error.message) ? openBracket(source.text, error.pos[0]) : undefined
  const at = placeOf(error, source, quote ?? bracket)
  const [code, message, hint] = explanationOf(error, source, at, quote, bracket)
  return diagnostic(code, message, { at, hint })
}

function placeOf(error: YAMLError, { text, positionOf }: YamlSource, opening: number | undefined): Position {
  if (opening !== undefined) return positionOf(opening, opening + 1)
  const [start, end] = intoNextLine(error, text)
  const skipped = /^[^\S\n]*/.exec(text.slice(start))?.[0].length ?? 0
  const line = text.slice(start, end).split('\n')[0] ?? ''
  return positionOf(start + skipped, Math.max(start + skipped + 1, start + line.trimEnd().length))
}

/** A value that YAML goes on reading in the next line is wrong there. */
function intoNextLine({ code, pos }: YAMLError, text: string): readonly [number, number] {
  const newline = text.indexOf('\n', pos[0])
  const line = text.slice(text.lastIndexOf('\n', pos[0] - 1) + 1, newline === -1 ? undefined : newline)
  if (code !== 'BLOCK_AS_IMPLICIT_KEY' || COLON_IN_TEXT.test(line) || newline === -1) return pos
  return [newline + 1, newline + 1]
}

function explanationOf(
  error: YAMLError,
  { text }: YamlSource,
  at: Position,
  quote: number | undefined,
  bracket: number | undefined,
): Explanation {
  const line = text.split('\n')[at.line - 1] ?? ''
  if (quote !== undefined) {
    return [
      'AM1001',
      `The quoted text that starts here has no closing ${text[quote]}.`,
      `Add a ${text[quote]} where the text ends.`,
    ]
  }
  if (bracket !== undefined) return unclosed(text.charAt(bracket), error)
  switch (error.code) {
    case 'MULTIPLE_DOCS':
      return [
        'AM1004',
        'A second YAML document starts here; only the first one would be read.',
        'Remove the line `---`, or move what follows into a file of its own.',
      ]
    case 'BAD_ALIAS':
      return ['AM1008', 'Text that starts with `*` is an alias to YAML.', 'Put the text in quotes.']
    case 'TAG_RESOLVE_FAILED':
      return [
        'AM1014',
        'YAML tags (`!name`) are not used here.',
        'Remove the tag; text that starts with `!` needs quotes.',
      ]
    case 'NON_STRING_KEY':
      return [
        'AM1001',
        'A key has to be text.',
        'Text that starts with `{` or `[` needs quotes; templates such as `{{ref "x"}}` belong in .sql files.',
      ]
    case 'BAD_DQ_ESCAPE':
      return [
        'AM1001',
        `In double quotes a backslash starts an escape, and this one is unknown.`,
        'Use single quotes, or write the backslash twice.',
      ]
    case 'BAD_SCALAR_START':
      return [
        'AM1009',
        `Text cannot start with ${line[at.column - 1] === '`' ? 'a backtick' : `\`${line.charAt(at.column - 1)}\``} unless it is quoted.`,
        'Put the text in quotes.',
      ]
    case 'MULTILINE_IMPLICIT_KEY':
      return missingColon(line)
    case 'BAD_INDENT':
      return [
        'AM1005',
        `The line is indented differently from its neighbours${columnsOf(text, at)}.`,
        'Keys of one mapping and items of one list start in the same column.',
      ]
    case 'BLOCK_AS_IMPLICIT_KEY':
      return nested(line, text.split('\n')[at.line - 2] ?? '')
    case 'MISSING_CHAR':
      return [
        'AM1005',
        'This line belongs neither to the item above nor to a new one: its indentation fits neither.',
        'Indent it like the other keys of the item, or start a new item with `- `.',
      ]
    case 'BLOCK_IN_FLOW':
      return ['AM1001', 'A comma is missing between two keys in braces.', 'Write `{ name: a, agg: count }`.']
    case 'UNEXPECTED_TOKEN':
      return [
        'AM1001',
        'This text stands behind a value that is already complete.',
        'If it belongs to the value, put the whole value in quotes; a quote inside single quotes is written twice.',
      ]
    default:
      return ['AM1001', `This is not valid YAML: ${error.message}.`, 'Text with special characters needs quotes.']
  }
}

function unclosed(bracket: string, error: YAMLError): Explanation {
  const closing = bracket === '{' ? '}' : ']'
  if (error.code === 'BLOCK_IN_FLOW') {
    return [
      'AM1001',
      `A comma or the closing \`${closing}\` is missing after this \`${bracket}\`.`,
      'Write `{ name: a, agg: count }`, with a comma between keys.',
    ]
  }
  return ['AM1001', `The \`${bracket}\` that opens here is not closed.`, `Add \`${closing}\` where it ends.`]
}

function missingColon(line: string): Explanation {
  const glued = /^\s*(?:- )?([\w-]+):(\S.*)$/.exec(line)
  if (glued)
    return [
      'AM1001',
      'There is no space after the colon, so this is not a key to YAML.',
      `Write \`${glued[1]}: ${glued[2]}\`.`,
    ]
  const word = /^\s*(?:- )?(\w+)/.exec(line)?.[1]
  return [
    'AM1001',
    'This line is not a key with a value: it lacks a colon.',
    `Write \`${word ?? 'key'}:\` and the value after it.`,
  ]
}

function nested(line: string, above: string): Explanation {
  const dashed = /^\s*-(?=[A-Za-z])(.*)$/.exec(above)
  if (dashed)
    return [
      'AM1005',
      'The dash in the line above has no space behind it, so it does not start a list item.',
      `Write \`- ${dashed[1]}\`.`,
    ]
  const match = COLON_IN_TEXT.exec(line)
  if (!match) {
    return [
      'AM1005',
      'This line is indented as if it belonged to the value above, which is already complete.',
      'Start keys of one mapping in the same column.',
    ]
  }
  return [
    'AM1009',
    'A colon followed by a space starts a mapping, so this text has to be quoted.',
    `Write \`${match[1]}: "${match[2]?.trim().replaceAll('"', '\\"')}"\`.`,
  ]
}

function columnsOf(text: string, at: Position): string {
  const lines = text.split('\n').slice(0, at.line)
  const isItem = /^\s*- /.test(lines.at(-1) ?? '')
  const above = lines.slice(0, -1).findLast((line) => line.trim() !== '')
  const column = (above?.search(isItem ? /\S/ : /[^\s-]/) ?? -1) + 1
  if (column === 0 || column === at.column) return ''
  return `: it starts in column ${at.column}, the line above in column ${column}`
}
