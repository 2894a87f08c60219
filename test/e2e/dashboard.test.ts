import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canBrowse, openBrowser, openPage } from '../support/browser.ts'
import { runCli, startServing } from '../support/run-cli.ts'
import { sampleProject } from '../support/sample-project.ts'

const MARCH = '?from=2025-03-01&to=2025-03-03'
const project = sampleProject({
  'dashboards/shop.yml': `version: 1
dashboards:
  - name: shop
    title: Shop
    order: 1
    description: How is the shop doing?
    rows:
      - title: Figures
        widgets:
          - { type: kpi, metric: revenue, sparkline: day, width: 3 }
          - { type: kpi, metric: paid_rate, width: 3 }
          - { type: gauge, metric: paid_rate, target: 0.5, width: 3 }
      - widgets:
          - { type: line, metrics: [order_count], grain: day, width: 6, reference: [{ value: 2, label: Goal }] }
          - { type: area, metric: revenue, by: team, grain: day, width: 6 }
          - { type: bar, metric: revenue, by: team, width: 6 }
          - { type: donut, title: Shares, metric: revenue, by: team, width: 6 }
          - { type: heatmap, title: Hours, metric: order_count, width: 6 }
          - { type: table, title: Teams, dimensions: [team], metrics: [revenue, order_count], width: 12 }
  - name: secret
    title: For admins
    order: 2
    roles: [admin]
    rows: [{ widgets: [{ type: kpi, metric: order_count }] }]
`,
})
let server: Awaited<ReturnType<typeof startServing>>
let browser: Browser

describe.skipIf(!canBrowse)('the dashboard', () => {
  beforeAll(async () => {
    await runCli(['build', '--project', project.dir])
    server = await startServing(['serve', '--port', '0', '--project', project.dir])
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    project.remove()
  })

  const signInAs = async (org: string, role: string, width?: number) => {
    const { stdout } = await runCli(['keys', 'create', '--org', org, '--role', role, '--project', project.dir])
    const opened = await openPage(browser, width)
    await opened.page.goto(`${server.url}/${MARCH}`)
    await opened.page.type('#key', stdout.trim())
    await Promise.all([opened.page.waitForNavigation(), opened.page.click('button[type=submit]')])
    await opened.page.waitForSelector('.kpi-value')
    await settled(opened.page)
    return opened
  }

  test('a pasted key leads to the page that was asked for, with real figures', async () => {
    const { page, problems } = await signInAs('x', 'admin')
    expect(page.url()).toBe(`${server.url}/${MARCH}`)
    expect(await textOf(page, 'h1')).toBe('Shop')
    expect(await texts(page, '.kpi-value')).toEqual(['€35.00', '66.7%'])
    expect(await textOf(page, '.gauge-value')).toBe('66.7%')
    expect(await texts(page, '.bars .bar-value')).toEqual(['€25.00', '€10.00'])
    expect(await texts(page, '.donut-total')).toEqual(['€35.00'])
    expect(await texts(page, 'tbody td')).toEqual(['blue', '€25.00', '2', 'red', '€10.00', '1'])
    expect(problems).toEqual([])
  })

  test('another tenant sees its own figures', async () => {
    const { page } = await signInAs('y', 'admin')
    expect(await texts(page, '.kpi-value')).toEqual(['€1,000', '100.0%'])
  })

  test('pages that are not for a role are not shown to it', async () => {
    const admin = await signInAs('x', 'admin')
    expect(await texts(admin.page, '[aria-label=Dashboards] .page-link')).toEqual(['Shop', 'For admins'])
    const viewer = await signInAs('x', 'viewer')
    expect(await texts(viewer.page, '[aria-label=Dashboards] .page-link')).toEqual(['Shop'])
    await viewer.page.goto(`${server.url}/secret`)
    await viewer.page.waitForSelector('.message')
    expect(await textOf(viewer.page, 'h1')).toBe('There is no such page')
  })

  test('a range is chosen by a link, stands in the address and is undone by going back', async () => {
    const { page } = await signInAs('x', 'admin')
    await page.click('.preset ::-p-text(7D)')
    await page.waitForFunction(() => location.search === '?range=7d')
    await settled(page)
    expect(await textOf(page, '.card[data-kind=chart] .state-title')).toBe('No data in this range')
    await page.waitForSelector('.state-text a')
    await page.click('.state-text a')
    await page.waitForFunction(() => document.querySelector('.kpi-value')?.textContent === '€35.00')
    expect(page.url()).toContain('?from=2025-02-24&to=2025-03-02')
    await page.goBack()
    await page.goBack()
    await page.waitForFunction(() => document.querySelector('.kpi-value')?.textContent === '€35.00')
  })

  test('a click on a heading sorts the table', async () => {
    const { page } = await signInAs('x', 'admin')
    await page.click('th button ::-p-text(Team)')
    expect(await page.$eval('th', (th) => th.getAttribute('aria-sort'))).toBe('ascending')
    expect((await texts(page, 'tbody td:first-child'))[0]).toBe('blue')
    await page.click('th button ::-p-text(Team)')
    expect((await texts(page, 'tbody td:first-child'))[0]).toBe('red')
  })

  test('pointing at a chart shows the exact values of the day', async () => {
    const { page } = await signInAs('x', 'admin')
    const plot = await page.$('.plot')
    const box = await plot?.boundingBox()
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 80)
    await page.waitForSelector('.tooltip')
    expect(await textOf(page, '.tooltip')).toBe('Sun, Mar 2, 2025Order count2')
  })

  test.each([390, 768, 1024, 1920])('nothing sticks out at a width of %i', async (width) => {
    const { page } = await signInAs('x', 'admin', width)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  })

  test('every control has a name and every chart a label', async () => {
    const { page } = await signInAs('x', 'admin')
    const nameless = await page.$$eval('a, button, select, input, svg[role=img]', (elements) =>
      elements
        .filter((element) => {
          const label = element.getAttribute('aria-label') ?? element.closest('label')?.textContent
          return (label ?? element.textContent ?? '').trim() === ''
        })
        .map((element) => element.outerHTML),
    )
    expect(nameless).toEqual([])
  })

  test('signing out ends the session', async () => {
    const { page } = await signInAs('x', 'viewer')
    await Promise.all([page.waitForNavigation(), page.click('.caller button')])
    expect(page.url()).toBe(`${server.url}/sign-in`)
    await page.goto(`${server.url}/`)
    expect(page.url()).toContain('/sign-in?next=')
  })
})

const texts = (page: Page, selector: string) =>
  page.$$eval(selector, (elements) => elements.map((element) => element.textContent))
const textOf = async (page: Page, selector: string) => (await texts(page, selector))[0]

/** Everything that was asked is answered. */
async function settled(page: Page) {
  await page.waitForFunction(() => document.querySelector('.skeleton, [aria-busy=true]') === null)
}
