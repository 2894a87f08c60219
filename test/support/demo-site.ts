import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { openBrowser, openPage } from './browser.ts'
import { runCli, startServing } from './run-cli.ts'
import { settled } from './shop.ts'

const ROOT = join(import.meta.dirname, '../..')
const PARTS = ['metrics', 'models', 'dashboards', 'alerts', 'metrics.config.ts']

interface SignIn {
  readonly role: string
  readonly path?: string
  readonly width?: number
  readonly org?: string
  readonly user?: string
}

/** The shipped project with some days of its demo, served, and a browser in front of it. */
export async function openDemo({ days, dev = false }: { readonly days: number; readonly dev?: boolean }) {
  const dir = mkdtempSync(join(tmpdir(), 'metrics-demo-'))
  for (const part of PARTS) cpSync(join(ROOT, part), join(dir, part), { recursive: true })
  const made = await runCli(['demo', '--days', String(days), '--project', dir])
  if (made.code !== 0) throw new Error(`${made.stdout}${made.stderr}`)
  const server = await startServing([dev ? 'dev' : 'serve', '--no-live', '--port', '0', '--project', dir])
  const browser = await openBrowser()
  const keyOf = async ({ role, org = 'acme', user }: SignIn) => {
    const own = user === undefined ? [] : ['--user', user]
    const made = await runCli(['keys', 'create', '--org', org, '--role', role, ...own, '--project', dir])
    return made.stdout.trim()
  }
  return {
    dir,
    url: server.url,
    browser,
    keyOf,
    signIn: async (who: SignIn) => {
      const opened = await openPage(browser, who.width)
      await opened.page.goto(`${server.url}/sign-in?next=${encodeURIComponent(who.path ?? '/overview')}`)
      await enterKey(opened.page, await keyOf(who))
      await settled(opened.page)
      return opened
    },
    close: async () => {
      await browser.close()
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function enterKey(page: Page, key: string) {
  await page.waitForSelector('#key')
  await page.evaluate((value) => {
    const field = document.querySelector<HTMLInputElement>('#key')
    if (field === null) return
    field.value = value
    field.form?.requestSubmit()
  }, key)
  await page.waitForSelector('.page')
}

/** Everything on the page is drawn, what is far down, too. */
export async function drawn(page: Page) {
  await settled(page)
  await page.evaluate(async () => {
    const end = document.documentElement.scrollHeight
    for (let y = 0; y < end; y += 600) {
      scrollTo(0, y)
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
    scrollTo(0, 0)
  })
  await settled(page)
}
