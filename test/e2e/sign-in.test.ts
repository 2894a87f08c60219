import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inviteAccount, totpCode } from '../../runtime/identity/index.ts'
import { writeSetting } from '../../runtime/store/index.ts'
import { canBrowse, openBrowser, openPage } from '../support/browser.ts'
import { type SampleServer, serveSample } from '../support/serve-sample.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PASSWORD = 'correct horse battery'
let server: SampleServer
let browser: Browser

describe.skipIf(!canBrowse)('signing in', () => {
  beforeAll(async () => {
    server = await serveSample({ viewer: { org: 'x', role: 'viewer' } })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  test('while nobody has an account, the page asks for a key', async () => {
    const { page } = await openPage(browser)
    await page.goto(`${server.url}/sign-in`)
    expect(await page.$('#email')).toBeNull()
    await page.type('#key', 'am_wrong')
    await submit(page)
    expect(await textOf(page, '[role=alert]')).toContain('not a valid API key')
    await checkAccess(page)
  })

  test('an invitation, then e-mail and password; a wrong one keeps the e-mail and says why', async () => {
    await join('ada@x.example')
    const { page } = await openPage(browser)
    await page.goto(`${server.url}/sign-in`)
    await page.type('#email', 'Ada@x.example')
    await page.type('#password', 'not my password')
    await submit(page)
    expect(await textOf(page, '[role=alert]')).toBe('E-mail and password do not belong together.')
    expect(await page.$eval('#email', (input) => (input as HTMLInputElement).value)).toBe('Ada@x.example')
    await checkAccess(page)
    await page.type('#password', PASSWORD)
    await submit(page)
    expect(new URL(page.url()).pathname).toBe('/')
  })

  test('a key works beside accounts', async () => {
    const { page } = await openPage(browser)
    await page.goto(`${server.url}/sign-in`)
    await page.click('summary')
    await page.type('#key', 'am_wrong')
    await Promise.all([page.waitForNavigation(), page.click('details button')])
    expect(await textOf(page, '[role=alert]')).toContain('not a valid API key')
  })

  test('where a second factor is asked for, it is set up at once, and asked for from then on', async () => {
    await join('bob@y.example', 'y')
    await writeSetting(server.runtime.store.db, 'y', 'require_second_factor', true, 'test')
    const { page } = await openPage(browser)
    await signIn(page, 'bob@y.example')
    expect(await textOf(page, 'h1')).toBe('Set up a second factor')
    await checkAccess(page)
    const secret = ((await textOf(page, '.secret code')) ?? '').replaceAll(' ', '')
    const step = Math.floor(Date.now() / 30_000)
    await page.type('#code', totpCode(secret, step - 1))
    await submit(page)
    expect(new URL(page.url()).pathname).toBe('/')
    const { page: other } = await openPage(browser)
    await signIn(other, 'bob@y.example')
    expect(await textOf(other, 'h1')).toBe('Enter the code')
    expect(await other.content()).not.toContain(secret)
    await other.type('#code', totpCode(secret, step - 1))
    await submit(other)
    expect(await textOf(other, '#code-note')).toContain('used already')
    await other.type('#code', totpCode(secret, step))
    await submit(other)
    expect(new URL(other.url()).pathname).toBe('/')
  })

  test('the pages fit a phone', async () => {
    const { page } = await openPage(browser, 360)
    await page.goto(`${server.url}/sign-in`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  })
})

async function join(email: string, org = 'x') {
  const { token } = await inviteAccount(server.runtime.store, org, { email, role: 'user' }, 'test')
  const { page } = await openPage(browser)
  await page.goto(`${server.url}/invitation?token=${token}`)
  expect(await textOf(page, 'h1')).toBe(`Join ${org}`)
  await checkAccess(page)
  await page.type('#password', PASSWORD)
  await page.type('#again', PASSWORD)
  await submit(page)
  await page.goto(`${server.url}/invitation?token=${token}`)
  expect(await textOf(page, 'h1')).toBe('This link does not work any more')
}

async function signIn(page: Page, email: string) {
  await page.goto(`${server.url}/sign-in`)
  await page.type('#email', email)
  await page.type('#password', PASSWORD)
  await submit(page)
}

const submit = (page: Page) => Promise.all([page.waitForNavigation(), page.click('button[type=submit]')])
const textOf = (page: Page, selector: string) => page.$eval(selector, (element) => element.textContent)

/** These pages run no scripts of others, so the checker comes in past their policy. */
async function checkAccess(page: Page) {
  for (const value of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }])
    await page.evaluate(AXE)
    const found = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } }
      return (await axe.run()).violations.map(({ id }) => id)
    })
    expect(found).toEqual([])
  }
}
