import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PROGRAM = 'pdftotext'

/** False only on a machine of one's own: where tests are the gate, a missing poppler is a failure. */
export const canReadPdf = spawnSync(PROGRAM, ['-v']).error === undefined || process.env.CI !== undefined
if (!canReadPdf) console.warn(`SKIPPED: the text of PDF files, because ${PROGRAM} (poppler-utils) is missing.`)

/** Lines of a PDF. */
export function pdfText(pdf: Uint8Array): readonly string[] {
  const dir = mkdtempSync(join(tmpdir(), 'pdf-'))
  try {
    writeFileSync(join(dir, 'file.pdf'), pdf)
    return execFileSync(PROGRAM, ['-layout', join(dir, 'file.pdf'), '-'], { encoding: 'utf8' }).split('\n')
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
