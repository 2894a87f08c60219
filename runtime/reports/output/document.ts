import type { ReportContent } from '../content/content.ts'
import type { PrintPdf } from '../print/index.ts'
import { DOCUMENT_TEMPLATE } from './document-template.ts'
import { fillTemplate } from './fill-template.ts'
import { type ReportView, viewOf } from './view.ts'

export interface DocumentOptions {
  readonly url: string | null
  readonly template?: string | undefined
}

interface TocEntry {
  readonly id: string
  readonly label: string
  readonly sub: boolean
  readonly page: string
}

const WIDTH = 670
const ROWS = 2_000

/** The report as PDF. It is laid out once to learn the pages of the contents, and then printed with them. */
export async function renderDocument(
  content: ReportContent,
  options: DocumentOptions,
  print: PrintPdf,
): Promise<Uint8Array> {
  const view = await viewOf(content, { url: options.url, rows: ROWS, width: WIDTH, picture: (svg) => svg })
  const entries = tocOf(view)
  return print((pages) => {
    const toc = entries.map((entry): TocEntry => ({ ...entry, page: String(pages.get(entry.id) ?? '') }))
    const footer = [view.org, view.at].filter((part) => part !== '').join(' · ')
    return fillTemplate(options.template ?? DOCUMENT_TEMPLATE, {
      ...view,
      toc,
      titleCss: cssString(view.title),
      periodCss: cssString(view.period),
      footerCss: cssString(footer),
    })
  })
}

function tocOf(view: ReportView): readonly Omit<TocEntry, 'page'>[] {
  const sections = view.sections.flatMap(({ blocks, id, number, title }) => [
    { id, label: `${number}. ${title}`, sub: false },
    ...blocks.filter(({ title: own }) => own !== '').map((block) => ({ id: block.id, label: block.title, sub: true })),
  ])
  const parts = [
    { id: 'audit-trail', label: 'Audit trail', there: view.auditTrail !== null },
    { id: 'evidence', label: 'Evidence', there: view.evidence.length > 0 },
    { id: 'definitions', label: 'Definitions', there: view.definitions.length > 0 },
    { id: 'signatures', label: 'Signatures', there: view.signatures },
  ]
  return [...sections, ...parts.filter(({ there }) => there).map(({ id, label }) => ({ id, label, sub: false }))]
}

/** A text as CSS takes it, for what stands in the margins. */
const cssString = (text: unknown) => `"${String(text).replace(/["\\\n\r<>]/g, ' ')}"`
