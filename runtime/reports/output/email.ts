import type { Attachment } from '../../channels/index.ts'
import { escapeXml } from '../charts/index.ts'
import type { ReportContent } from '../content/content.ts'
import { EMAIL_TEMPLATE } from './email-template.ts'
import { fillTemplate } from './fill-template.ts'
import { rasterize } from './rasterize.ts'
import { viewOf } from './view.ts'

export interface EmailOptions {
  readonly url: string | null
  readonly template?: string | undefined
  /** `cid` for mail, `data` for a file that stands alone. */
  readonly pictures: 'cid' | 'data'
}

const WIDTH = 624
const ROWS = 20

/** The report as HTML with everything inline, and its pictures. */
export async function renderEmail(
  content: ReportContent,
  { pictures, template, url }: EmailOptions,
): Promise<{ readonly html: string; readonly attachments: readonly Attachment[] }> {
  const attachments: Attachment[] = []
  const view = await viewOf(content, {
    url,
    rows: ROWS,
    width: WIDTH,
    picture: async (svg, id, title, { height, width }) => {
      const png = await rasterize(svg, width)
      const cid = `${id}@report`
      if (pictures === 'cid') attachments.push({ name: `${id}.png`, type: 'image/png', content: png, cid })
      const source = pictures === 'cid' ? `cid:${cid}` : `data:image/png;base64,${Buffer.from(png).toString('base64')}`
      return `<img src="${source}" width="${width}" height="${Math.round(height)}" alt="${escapeXml(title)}">`
    },
  })
  const filled = fillTemplate(template ?? EMAIL_TEMPLATE, { ...view })
  // Loaded when a mail is made: a start does without it.
  const { default: juice } = await import('juice')
  const shown = attachments.filter(({ cid }) => filled.includes(`cid:${cid}`))
  return {
    html: juice(filled, { preserveMediaQueries: true, preserveImportant: true, applyWidthAttributes: false }),
    attachments: shown,
  }
}

/** The report in a few lines, for channels without pictures. */
export async function summarize(content: ReportContent, url: string | null) {
  const view = await viewOf(content, { url, rows: 0, width: WIDTH, picture: () => '' })
  const kpis = view.sections.flatMap(({ kpis: own }) => own)
  return {
    title: view.subject === null ? view.title : `${view.title}: ${view.subject.value}`,
    text: [view.description, `${view.period}${view.compared === '' ? '' : `, compared with ${view.compared}`}.`]
      .filter((part) => part !== '')
      .join('\n\n'),
    fields: kpis.slice(0, 12).map(({ change, title, value }) => ({
      label: title,
      value: change === '' ? value : `${value} (${change})`,
    })),
    url: view.url,
  }
}
