import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canBrowse, openBrowser, openPage } from '../support/browser.ts'
import { runCli, startServing } from '../support/run-cli.ts'
import { sampleProject } from '../support/sample-project.ts'

/** A loaded machine takes longer than the second that an edit takes by itself. */
const PATIENCE = 20_000

let project: ReturnType<typeof sampleProject>
let server: Awaited<ReturnType<typeof startServing>>
let browser: Browser
let page: Page
const edit = (file: string, from: string, to: string) => {
  const path = join(project.dir, file)
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
}
const text = (wanted: string) =>
  page.waitForFunction((part) => document.body.textContent.includes(part), { timeout: PATIENCE }, wanted)

describe.skipIf(!canBrowse)('edits while the pages are open', () => {
  beforeAll(async () => {
    project = sampleProject()
    await runCli(['build', '--project', project.dir])
    server = await startServing(['dev', '--port', '0', '--project', project.dir])
    browser = await openBrowser()
    page = (await openPage(browser)).page
    const link = server.sign_in.find(({ org }) => org === 'x')
    await page.goto(link?.url ?? server.url)
    await page.waitForSelector('.page')
    await page.goto(`${server.url}/shop?from=2025-03-01&to=2025-03-03`)
    await text('30')
    await page.evaluate(() => {
      Object.assign(window, { isSameDocument: true })
    })
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    project?.remove()
  })

  test('a changed definition is drawn in the open page, without a reload', async () => {
    edit('metrics/orders.yml', 'sql: amount,', 'sql: amount * 100, label: Revenue in cents,')
    await text('Revenue in cents')
    await text('3,500')
    expect(await page.evaluate(() => 'isSameDocument' in window)).toBe(true)
  }, 60_000)

  test('an error stands over the page with its place and lines, and goes when it is mended', async () => {
    edit('metrics/orders.yml', 'agg: count }', 'agg: cuont }')
    await page.waitForSelector('.overlay', { timeout: PATIENCE })
    const overlay = await page.$eval('.overlay', (element) => element.textContent)
    expect(overlay).toMatch(/metrics\/orders\.yml:\d+/)
    expect(overlay).toContain('cuont')
    expect(overlay).toContain('last good version stays live')
    await page.click('.overlay .button')
    await page.waitForSelector('.overlay-pill')
    expect(await page.evaluate(() => document.body.textContent)).toContain('Revenue in cents')
    edit('metrics/orders.yml', 'agg: cuont }', 'agg: count }')
    await page.waitForFunction(() => document.querySelector('.overlay, .overlay-pill') === null, { timeout: PATIENCE })
  }, 60_000)

  test('a changed model is built, and its rows are drawn', async () => {
    edit('models/orders.sql', 'cast(amount as', 'cast(amount * 2 as')
    await text('7,000')
  }, 60_000)

  test('a metric that is gone is named, and what is left of the page stays', async () => {
    const kpi = '          - { type: kpi, metric: paid_rate, width: 3 }\n'
    edit('dashboards/shop.yml', '          - { type: line', `${kpi}          - { type: line`)
    await text('Paid rate')
    writeFileSync(
      join(project.dir, 'dashboards/shop.yml'),
      readFileSync(join(project.dir, 'dashboards/shop.yml'), 'utf8').replace(kpi, ''),
    )
    const file = join(project.dir, 'metrics/orders.yml')
    const [models = ''] = readFileSync(file, 'utf8').split('\nmetrics:\n')
    writeFileSync(file, `${models}\n`)
    await text('The definitions changed while this page was open.')
    const banner = await page.$eval('.banner', (element) => element.textContent)
    expect(banner).toContain('Paid rate')
    await text('7,000')
    expect(await page.$$eval('.card', (cards) => cards.length)).toBe(2)
  }, 60_000)
})
