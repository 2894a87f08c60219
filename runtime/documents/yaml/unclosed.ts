import { isScalar, visit, type Document as YamlAst } from 'yaml'

/** Offset of the quoted text that runs to the end of the file because its quote is not closed. */
export function openQuote(ast: YamlAst): number | undefined {
  let last: number | undefined
  visit(ast, {
    Scalar: (_, node) => {
      if (isScalar(node) && node.type?.startsWith('QUOTE') && node.range) last = node.range[0]
    },
  })
  return last
}

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' }

/** Offset of the innermost bracket that is still open at `end`. */
export function openBracket(text: string, end: number): number | undefined {
  const open: number[] = []
  let quote = ''
  for (let index = 0; index < end; index++) {
    const char = text.charAt(index)
    if (quote !== '') quote = char === quote || char === '\n' ? '' : quote
    else if ((char === '"' || char === "'") && /[\s,[{:]/.test(text[index - 1] ?? ' ')) quote = char
    else if (char in CLOSING) open.push(index)
    else if (char === CLOSING[text.charAt(open.at(-1) ?? -1)]) open.pop()
  }
  return open.at(-1)
}
