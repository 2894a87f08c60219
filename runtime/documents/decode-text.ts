import { type Diagnostic, diagnostic } from '../diagnostics/index.ts'
import { startOf } from './document.ts'

/** The text of a file without its byte order mark, or what is wrong with its encoding. */
export function decodeText(file: string, bytes: Uint8Array): string | Diagnostic {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return notUtf8(file, 'The file is encoded in UTF-16.')
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? notUtf8(file, 'The file contains NUL bytes: it is not a text file.') : text
  } catch {
    const { line, column } = firstBadByte(bytes)
    return notUtf8(
      file,
      'The file is not encoded in UTF-8: there is a byte here that UTF-8 does not know.',
      line,
      column,
    )
  }
}

function notUtf8(file: string, message: string, line = 1, column = 1): Diagnostic {
  return diagnostic('AM1007', message, {
    at: { ...startOf(file), line, column },
    hint: 'Save the file as UTF-8.',
  })
}

function firstBadByte(bytes: Uint8Array): { line: number; column: number } {
  const lenient = new TextDecoder('utf-8').decode(bytes)
  const lines = lenient.slice(0, lenient.indexOf('\ufffd')).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}
