import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canBrowse } from '../support/browser.ts'
import { MARCH, openShop, settled, texts } from '../support/shop.ts'

let shop: Awaited<ReturnType<typeof openShop>>

describe.skipIf(!canBrowse)('filters of a page', () => {
  beforeAll(async () => {
    shop = await openShop()
  }, 120_000)
  afterAll(() => shop?.close())

  test('values are ticked in a list, hold when it closes, stand in the address and are undone by Back', async () => {
    const { page, problems } = await shop.signInAs('x', 'admin')
    expect(await kpis(page)).toEqual(['€35.00', '3', '2', '4'])
    await open(page, 'Team')
    await page.waitForSelector('.option')
    expect(await texts(page, '.option-label')).toEqual(['blue', 'red'])
    await page.click('.option ::-p-text(blue)')
    await page.click('.options-footer .button-primary')
    await page.waitForFunction(() => location.search.endsWith('team=blue'))
    await settled(page)
    expect((await kpis(page)).slice(0, 2)).toEqual(['€25.00', '2'])
    expect(await texts(page, '.chip')).toEqual(['Team: blue ✕'])
    await page.goBack()
    await page.waitForFunction(() => document.querySelector('.kpi-value')?.textContent === '€35.00')
    expect(problems).toEqual([])
  })

  test('a widget says which filters it does not take', async () => {
    const { page } = await shop.signInAs('x', 'admin', `/shop?${MARCH}&team=blue`)
    expect(await texts(page, '[aria-label^="Staff"] .widget-note')).toEqual(['not filtered by team'])
    expect(await texts(page, '[aria-label^="Revenue"] .widget-note')).toEqual([])
  })

  test('what cannot be combined is not offered', async () => {
    const { page } = await shop.signInAs('x', 'admin', `/shop?${MARCH}&status=open`)
    await open(page, 'Team')
    await page.waitForSelector('.option')
    expect(await texts(page, '.option-label')).toEqual(['blue'])
  })

  test('units of a hierarchy are chosen in a tree', async () => {
    const { page } = await shop.signInAs('x', 'admin')
    await open(page, 'Unit')
    await page.waitForSelector('.tree .tree')
    await page.click('.tree .tree .option ::-p-text(open)')
    await page.click('.options-footer .button-primary')
    await page.waitForFunction(() => location.search.includes('shop=blue/open'))
    await settled(page)
    expect((await kpis(page)).slice(0, 2)).toEqual(['€5.00', '1'])
  })

  test('filters of all pages are kept on the way to another page, those of one page are not', async () => {
    const { page } = await shop.signInAs('x', 'admin', `/shop?${MARCH}&status=paid&product=box`)
    await page.click('.page-link ::-p-text(Lines)')
    await page.waitForFunction(() => location.pathname === '/lines')
    expect(new URL(page.url()).search).toBe(`?${MARCH}&status=paid`)
    await settled(page)
    await page.click('.chips .link-button')
    await page.waitForFunction((march) => location.search === `?${march}`, {}, MARCH)
  })

  test('a range is clicked in the calendar; presets stay relative', async () => {
    const { page } = await shop.signInAs('x', 'admin')
    await page.click('.date-picker .popover > button')
    await page.click('[data-day="2025-03-02"]')
    await page.click('[data-day="2025-03-01"]')
    await page.waitForFunction(() => location.search === '?from=2025-03-01&to=2025-03-02')
    await page.click('.preset ::-p-text(90D)')
    await page.waitForFunction(() => location.search === '?range=90d')
  })

  test('a view is saved by name and shared by a short link', async () => {
    const { page } = await shop.signInAs('x', 'admin', `/shop?${MARCH}&team=red`)
    await page.click('.page-actions button ::-p-text(Views)')
    await page.type('.view-form input[type=text]', 'Red in March')
    await page.click('.view-form .button-primary')
    await page.waitForSelector('.toast')
    await page.goto(`${shop.url}/lines`)
    await settled(page)
    await page.click('.page-actions button ::-p-text(Views)')
    await page.waitForSelector('.view a')
    await page.click('.view a')
    await page.waitForFunction((march) => location.search === `?${march}&team=red`, {}, MARCH)
    await page.click('.page-actions button ::-p-text(Share)')
    await page.click('.menu-item ::-p-text(Copy short link)')
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.toast')].some((toast) => toast.textContent?.includes('/l/')),
    )
    const [link] = (await texts(page, '.toasts')).join(' ').match(/http\S+\/l\/[\w-]+/) ?? []
    await page.goto(link ?? '')
    expect(new URL(page.url()).search).toBe(`?${MARCH}&team=red`)
  })
})

const kpis = (page: Page) => texts(page, '.kpi-value')
const open = (page: Page, label: string) => page.click(`.filter ::-p-text(${label})`)
