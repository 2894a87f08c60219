import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { canBrowse } from '../support/browser.ts'
import { choose, press } from '../support/press.ts'
import { MARCH, openShop, settled, texts } from '../support/shop.ts'

let shop: Awaited<ReturnType<typeof openShop>>

describe.skipIf(!canBrowse)('the metric explorer', () => {
  beforeAll(async () => {
    shop = await openShop()
  }, 120_000)
  afterAll(() => shop?.close())

  const explore = (question = '', role = 'admin', width?: number) =>
    shop.signInAs('x', role, `/explore?${MARCH}${question}`, width)

  test('a question is put together, drawn, filtered, and saved as a widget of a new dashboard', async () => {
    const { page, problems } = await explore()
    expect(await texts(page, '.state-title')).toEqual(['Pick a metric to begin'])
    await choose(page, 'Metrics', 'Revenue')
    await page.waitForFunction(() => document.querySelector('.kpi-value')?.textContent === '€35.00')
    await choose(page, 'Dimensions', 'Team')
    await page.waitForSelector('.bars')
    expect(await checked(page)).toContain('Bar')
    expect(await texts(page, '.bars .bar-value')).toEqual(['€25.00', '€10.00'])
    expect(await texts(page, '[aria-label="All figures"] tbody td')).toEqual(['blue', '€25.00', 'red', '€10.00'])
    await page.select('[aria-label="Add a filter"]', 'orders.status')
    await page.click('[title="Filter by Status"], .where-field .filter')
    await page.waitForSelector('.where-field .option')
    await page.evaluate(() => {
      const options = [...document.querySelectorAll('.where-field .option')]
      options
        .find((one) => one.textContent?.startsWith('Paid'))
        ?.querySelector('input')
        ?.click()
    })
    await press(page, 'Apply')
    await page.waitForFunction(() => document.querySelector('.bars .bar-value')?.textContent === '€20.00')
    expect(new URL(page.url()).searchParams.get('where')).toBe("{status} = 'paid'")
    await press(page, 'Save as widget')
    await fill(page, 'Title of the new dashboard', 'Findings')
    await press(page, 'Save')
    await press(page, 'Open the dashboard')
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Findings')
    await page.goto(`${page.url()}?${MARCH}`)
    await settled(page)
    expect(await texts(page, '.card-title')).toEqual(['Revenue by team'])
    expect(await texts(page, '.bars .bar-value')).toEqual(['€20.00', '€10.00'])
    expect(problems).toEqual([])
  })

  test('a further widget goes to a dashboard that is there', async () => {
    const { page } = await explore('&metrics=order_count')
    await press(page, 'Save as widget')
    await page.waitForSelector('.save-form select')
    const options = await texts(page, '.save-form option')
    expect(options.at(-1)).toBe('A new dashboard')
    await page.select('.save-form select', '')
    await fill(page, 'Title of the new dashboard', 'More')
    await press(page, 'Save')
    await press(page, 'Go on exploring')
    await press(page, 'Save as widget')
    await page.waitForFunction(() => document.querySelector('.save-form option')?.textContent === 'More')
    await press(page, 'Save')
    await press(page, 'Open the dashboard')
    await page.waitForFunction(() => document.querySelectorAll('.card').length === 2)
  })

  test('what does not work is not offered, and says why', async () => {
    const { page } = await explore('&metrics=staff')
    await page.waitForSelector('.chart-type')
    expect(await refusal(page, 'Line')).toBe('Line: Staff has no time')
    expect(await refusal(page, 'Map')).toBe('Map: needs a dimension of places')
    const team = await page.$eval(
      'section[aria-label=Dimensions] .picker-list',
      (list) => [...list.querySelectorAll('label')].find((one) => one.textContent?.startsWith('Kind'))?.textContent,
    )
    expect(team).toBe('KindStaff does not have it')
    await choose(page, 'Metrics', 'Staff')
    await choose(page, 'Metrics', 'Revenue')
    await page.waitForFunction(() => document.querySelector('.kpi-value')?.textContent === '€35.00')
    await choose(page, 'Metrics', 'Order count')
    await page.waitForFunction(() => location.search.includes('revenue,order_count'))
    await page.waitForFunction(() =>
      document.querySelector('.chart-type[title^="Line"]')?.getAttribute('title')?.includes('units'),
    )
    expect(await refusal(page, 'Line')).toBe('Line: the metrics have different units')
  })

  test('the address is the question: chart, grain and comparison come back with it', async () => {
    const { page } = await explore('&metrics=revenue')
    await page.click('[title="Line"]')
    await page.waitForFunction(() => location.search.includes('type=line') && location.search.includes('grain=day'))
    await page.select('.explorer-options select', 'month')
    await page.waitForFunction(() => location.search.includes('grain=month'))
    await page.select('.filter-row select', 'previous_year')
    await page.waitForFunction(() => location.search.includes('compare=previous_year'))
    const other = await page.browserContext().newPage()
    await other.goto(page.url())
    await settled(other)
    expect(await checked(other)).toContain('Line')
    expect(await other.$eval('.explorer-options select', (one) => (one as HTMLSelectElement).value)).toBe('month')
  })

  test('the YAML and the SQL of a question are shown', async () => {
    const { page } = await explore('&metrics=revenue&by=orders.team')
    await press(page, 'YAML')
    await page.waitForSelector('dialog .code')
    expect(await texts(page, 'dialog .code')).toEqual([
      '- type: bar\n  title: Revenue by team\n  metric: revenue\n  by: team\n  width: 6\n',
    ])
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.querySelector('dialog') === null)
    await press(page, 'SQL')
    await page.waitForFunction(() => /select/i.test(document.querySelector('dialog')?.textContent ?? ''))
  })

  test.each(['light', 'dark'])('axe finds nothing serious, in the %s theme', async (theme) => {
    const { page } = await explore()
    await page.evaluate((name) => {
      document.documentElement.dataset.theme = name
    }, theme)
    expect(await violations(page)).toEqual([])
    await choose(page, 'Metrics', 'Revenue')
    await choose(page, 'Dimensions', 'Team')
    await page.waitForSelector('.bars')
    expect(await violations(page)).toEqual([])
  })

  test('it fits on a phone', async () => {
    const { page } = await explore('&metrics=revenue&by=orders.team', 'viewer', 390)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  })
})

const checked = (page: Page) => page.$eval('[role=radio][aria-checked=true]', (one) => one.textContent)

const refusal = (page: Page, type: string) =>
  page.$eval(`.chart-type[title^="${type}"]`, (one) => one.getAttribute('title'))

async function fill(page: Page, label: string, text: string) {
  const field = await page.waitForSelector(`dialog ::-p-xpath(.//label[contains(., "${label}")]//input)`)
  await field?.click({ count: 3 })
  await field?.type(text)
}
