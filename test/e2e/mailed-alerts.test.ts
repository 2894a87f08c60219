import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canBrowse, openBrowser, openPage } from '../support/browser.ts'
import { runCli, startServing } from '../support/run-cli.ts'
import { SAMPLE, sampleProject } from '../support/sample-project.ts'
import { startSmtp, type TestSmtp } from '../support/smtp.ts'

/** Yesterday, and today, which is over where the test runs at midnight. */
const DAYS = [86_400_000, 0].map((ago) => new Date(Date.now() - ago).toISOString().slice(0, 10))

let smtp: TestSmtp
let project: ReturnType<typeof sampleProject>
let server: Awaited<ReturnType<typeof startServing>>
let browser: Browser

describe.skipIf(!canBrowse)('alerts by mail', () => {
  beforeAll(async () => {
    smtp = await startSmtp()
    project = sampleProject({
      'metrics.config.yml': `${SAMPLE['metrics.config.yml']}mail: { smtp: "${smtp.url}", from: metrics@example.org }\n`,
      'data/orders.csv': `${SAMPLE['data/orders.csv']}${DAYS.map((day, at) => `x,${4 + at},red,paid,${day}T00:00:00,100\n`).join('')}`,
      'alerts/shop.yml': `version: 1
channels:
  - { name: inbox, type: in_app }
  - { name: leads, type: email, to: [leads@example.org] }
alerts:
  - { name: busy, title: Busy day, type: threshold, metric: revenue, grain: day, when: { above: 1000 }, bounds: { min: 10, max: 5000 }, every: 1m, severity: warning, notify: [inbox] }
  - { name: calm, title: Calm day, type: threshold, metric: revenue, grain: day, when: { above: 2000 }, bounds: { min: 10, max: 5000 }, every: 1m, severity: warning, notify: [inbox] }
`,
    })
    await runCli(['build', '--project', project.dir])
    server = await startServing(['serve', '--port', '0', '--project', project.dir])
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    project?.remove()
    await smtp?.close()
  })

  test('somebody chooses them by severity, mutes one, and is mailed the other when it goes off', async () => {
    const { page, problems } = await openPage(browser)
    await setUp(page)
    await openSettings(page, 'notifications')
    expect(await page.$eval('.setting-text', (text) => text.textContent)).toContain('Mails go to ada@x.example.')
    await page.click('[aria-label="Warning: By e-mail"]')
    await toast(page, 'Saved.')
    await page.select('[aria-label="How to be told of Calm day"]', 'mute')
    await openSettings(page, 'notifications')
    expect(await page.$eval('[aria-label="Warning: By e-mail"]', (box) => (box as HTMLInputElement).checked)).toBe(true)
    await openSettings(page, 'alerts')
    for (const title of ['Calm day', 'Busy day']) await lower(page, title)
    await expect.poll(() => smtp.mails.length, { timeout: 90_000, interval: 250 }).toBeGreaterThan(0)
    expect(smtp.mails.map(({ to, subject }) => [[to].flat()[0]?.text, subject])).toEqual([
      ['ada@x.example', 'Busy day'],
    ])
    expect(smtp.mails[0]?.text).toContain('100')
    expect(problems).toEqual([])
  }, 150_000)
})

async function setUp(page: Page) {
  await page.goto(server.set_up.find(({ org }) => org === 'x')?.url ?? '')
  const account = { email: 'ada@x.example', name: 'Ada', password: 'correct horse', again: 'correct horse' }
  for (const [name, value] of Object.entries(account)) await page.type(`#${name}`, value)
  await Promise.all([page.waitForNavigation(), page.click('button')])
  await page.waitForSelector('.caller-name')
}

async function openSettings(page: Page, name: string) {
  await page.goto(`${server.url}/settings/${name}`)
  await page.waitForSelector('.setting')
  await page.waitForFunction(() => document.querySelector('.setting-skeleton') === null)
}

/** Makes an alert go off at what yesterday brought. */
async function lower(page: Page, title: string) {
  await page.click(`[aria-label="Change ${title}"]`)
  const field = await page.waitForSelector('dialog ::-p-aria(Goes off above)')
  await field?.click({ count: 3 })
  await page.keyboard.press('Backspace')
  await field?.type('50')
  await page.click('dialog button[type=submit]')
  await page.waitForFunction(() => document.querySelector('dialog[open]') === null)
}

const toast = (page: Page, text: string) =>
  page.waitForFunction(
    (part) => [...document.querySelectorAll('.toast')].some((one) => one.textContent?.includes(part)),
    {},
    text,
  )
