import { type Diagnostic, diagnostic } from '../../diagnostics/index.ts'
import type { PositionOf } from '../text-position.ts'

/** Values that start with `{reference}` without quotes, which YAML takes for a mapping. */
export function unquoted(text: string, positionOf: PositionOf): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  for (const match of text.matchAll(/([\w-]+):[ ]+(\{\{?[^{}\n:]*\}\}?(?=[ ]*[^\s,}\]#:])[^\n]*|\{\{[^\n]*)/g)) {
    const [, key = '', rest = ''] = match
    const start = match.index + match[0].length - rest.length
    if (inQuotes(text, match.index)) continue
    const value = withoutRest(rest)
    diagnostics.push(
      diagnostic(
        'AM1009',
        `The value of \`${key}\` starts with \`{\`, which starts a mapping in YAML unless it is quoted.`,
        {
          at: positionOf(start, start + value.length),
          hint: `Write \`${key}: "${value.replaceAll('"', "'")}"\`.`,
        },
      ),
    )
  }
  return diagnostics
}

/** Without what closes a mapping in braces around it, or a comment. */
const withoutRest = (rest: string) =>
  rest
    .replace(/\s+#.*$/, '')
    .replace(/,\s+[\w-]+:\s.*$/, '')
    .replace(/\s*\}\s*$/, (end, _at: number, all: string) => (balanced(all) ? end : ''))
    .trimEnd()

const balanced = (text: string) => text.split('{').length === text.split('}').length

function inQuotes(text: string, offset: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)
  return /^\s*#/.test(before) || before.split('"').length % 2 === 0
}
