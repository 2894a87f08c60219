import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Lines of a PDF by poppler, where that is installed. */
export function pdfText(pdf: Uint8Array): string[] | undefined {
  const dir = mkdtempSync(join(tmpdir(), 'pdf-'))
  try {
    writeFileSync(join(dir, 'file.pdf'), pdf)
    return execFileSync('pdftotext', ['-layout', join(dir, 'file.pdf'), '-'], { encoding: 'utf8' }).split('\n')
  } catch {
    console.warn('SKIPPED: the text of PDF files, because pdftotext (poppler-utils) is missing.')
    return undefined
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
