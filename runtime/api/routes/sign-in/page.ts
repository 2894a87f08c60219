import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Response } from 'express'
import { escapeHtml } from './form.ts'

export interface PageContent {
  readonly title: string
  readonly lead?: string
  /** What went wrong, said at the top. */
  readonly alert?: string
  /** HTML below the lead. */
  readonly body: string
  /** HTML below a line. */
  readonly footer?: string
}

export type SendPage = (response: Response, status: number, content: PageContent) => void

/** The pages before signing in carry their style within themselves, since nothing else is served there. */
export function createPage(pagesDir: string): SendPage {
  const file = join(pagesDir, 'sign-in.html')
  const html = existsSync(file) ? readFileSync(file, 'utf8') : FALLBACK
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? ''
  const hash = createHash('sha256').update(style).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`
  return (response, status, { title, lead, alert, body, footer }) => {
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('Cache-Control', 'no-store')
    const content = [
      `<h1>${escapeHtml(title)}</h1>`,
      lead === undefined ? '' : `<p class="lead">${escapeHtml(lead)}</p>`,
      alert === undefined ? '' : `<p role="alert">${escapeHtml(alert)}</p>`,
      body,
      footer === undefined ? '' : `<footer>${footer}</footer>`,
    ]
    const filled = html.replaceAll('<!--title-->', escapeHtml(title))
    response
      .status(status)
      .type('html')
      .send(filled.replace('<!--content-->', () => content.join('\n')))
  }
}

const FALLBACK = `<!doctype html><html lang="en"><title><!--title--></title>
<style>body{font-family:system-ui;margin:3rem}</style><main><!--content--></main></html>`
