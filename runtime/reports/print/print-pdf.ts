import type { HTTPRequest, Page } from 'puppeteer'
import { fail, UserError } from '../../diagnostics/index.ts'
import type { BrowserPool } from './browser-pool.ts'
import { pagesOfDestinations } from './page-numbers.ts'

/** Prints HTML as PDF. It is made twice: the second time with the pages on which its anchors came to stand. */
export type PrintPdf = (html: (pages: ReadonlyMap<string, number>) => string) => Promise<Uint8Array>

export interface PrintOptions {
  readonly pool: BrowserPool
  /** Milliseconds that all of it may take. */
  readonly timeout?: number
  /** Says why an address must not be reached; undefined where it may be. */
  readonly refuse: (url: URL) => Promise<string | undefined>
}

export function createPrinter({ pool, refuse, timeout = 45_000 }: PrintOptions): PrintPdf {
  return (html) =>
    pool.withPage(async (page) => {
      const refused: string[] = []
      const print = async () => {
        await prepare(page, refuse, refused)
        const first = await printOnce(page, html(new Map()), refused)
        const pages = pagesOfDestinations(first)
        return pages.size === 0 ? first : printOnce(page, html(pages), refused)
      }
      return withinTime(print(), timeout)
    })
}

async function printOnce(page: Page, html: string, refused: readonly string[]): Promise<Uint8Array> {
  await page.setContent(html, { waitUntil: 'load', timeout: 0 })
  const [reason] = refused
  if (reason !== undefined)
    fail('AM8012', `The page asks for what it may not reach: ${reason}`, {
      hint: 'Put pictures into the template as data: addresses.',
    })
  return page.pdf({ preferCSSPageSize: true, printBackground: true, timeout: 0, tagged: true, outline: true })
}

/** Reports run no scripts, and reach nothing inside the network. */
async function prepare(page: Page, refuse: PrintOptions['refuse'], refused: string[]) {
  await page.setJavaScriptEnabled(false)
  await page.setRequestInterception(true)
  page.on('request', (request) => void admit(request, refuse, refused).catch(() => undefined))
}

async function admit(request: HTTPRequest, refuse: PrintOptions['refuse'], refused: string[]) {
  const url = request.url()
  if (url.startsWith('data:') || url === 'about:blank') return request.continue()
  const reason = /^https?:/.test(url) ? await refuse(new URL(url)) : `${url.slice(0, 100)} is neither http nor https.`
  if (reason === undefined) return request.continue()
  refused.push(reason)
  return request.abort('blockedbyclient')
}

async function withinTime<T>(work: Promise<T>, timeout: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooLate(timeout)), timeout)
  })
  work.catch(() => undefined)
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

function tooLate(timeout: number): UserError {
  return new UserError({
    code: 'AM8012',
    severity: 'error',
    message: `The page did not finish loading within ${timeout / 1000} s.`,
    hint: 'Something that the template asks for does not answer: put it into the template itself.',
  })
}
