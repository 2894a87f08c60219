import { existsSync } from 'node:fs'
import { type Browser, launch, type Page } from 'puppeteer-core'

const CHROMIUM = '/usr/bin/chromium'

/** False only on a machine of one's own: where tests are the gate, a missing browser is a failure. */
export const canBrowse = existsSync(CHROMIUM) || process.env.CI !== undefined

export function openBrowser(): Promise<Browser> {
  return launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** A page of a person of their own, and everything that went wrong on it. */
export async function openPage(browser: Browser, width = 1440): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.createBrowserContext()
  const page = await context.newPage()
  await page.setViewport({ width, height: 900 })
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  return { page, problems }
}
