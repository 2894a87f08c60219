import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canBrowse } from '../support/browser.ts'
import { openDemo } from '../support/demo-site.ts'
import { settled, texts } from '../support/shop.ts'

const PAGES = ['overview', 'usage', 'performance', 'costs', 'security', 'teams']
/** They are the same on every page: tried on one. */
const OF_ALL_PAGES = ['Organisation unit', 'Team']

let demo: Awaited<ReturnType<typeof openDemo>>

describe.skipIf(!canBrowse)('filters of the shipped pages', () => {
  beforeAll(async () => {
    demo = await openDemo({ days: 35 })
  }, 240_000)
  afterAll(() => demo?.close())

  test.each(PAGES)(
    'every filter of %s stands in the address and narrows the page',
    async (path) => {
      const { page, problems } = await demo.signIn({ role: 'admin', path: `/${path}` })
      // So high that every widget is drawn.
      await page.setViewport({ width: 1440, height: 7000 })
      await settled(page)
      const labels = await texts(page, '.filter-bar .filter')
      expect(labels).toEqual(expect.arrayContaining(OF_ALL_PAGES))
      expect(new Set(labels).size).toBe(labels.length)
      for (const [index, label] of labels.entries()) {
        if (path !== 'overview' && OF_ALL_PAGES.includes(label)) continue
        const before = await figures(page)
        await (await page.$$('.filter-bar .filter'))[index]?.click()
        await chooseLast(page)
        expect(new URL(page.url()).search, label).not.toBe('')
        await settled(page)
        expect(await figures(page), label).not.toBe(before)
        expect(await texts(page, '.page [role=alert]'), label).toEqual([])
        await page.click('.chips .link-button')
        await page.waitForFunction(() => document.querySelector('.chip') === null)
        await settled(page)
      }
      expect(problems).toEqual([])
    },
    90_000,
  )

  test('an environment is chosen by one click and narrows every figure of sessions', async () => {
    const { page } = await demo.signIn({ role: 'admin', path: '/usage' })
    const [all = ''] = await texts(page, '.kpi-value')
    await page.click('.segment ::-p-text(Production)')
    await page.waitForFunction(() => location.search === '?environment=production')
    await settled(page)
    const [some = ''] = await texts(page, '.kpi-value')
    expect(count(some)).toBeGreaterThan(0)
    expect(count(some)).toBeLessThan(count(all))
  })
})

const count = (text: string) => Number(text.replaceAll(',', ''))

/** The last value of the open list, which has the fewest rows. */
async function chooseLast(page: Page) {
  await page.waitForSelector('.popover-panel .option input')
  await page.$$eval('.popover-panel .option input', (all) => all.at(-1)?.click())
  await page.click('.options-footer .button-primary')
  await page.waitForSelector('.chip')
}

/** What the widgets say. */
const figures = async (page: Page) =>
  (await texts(page, '.kpi-value, .bar-value, .kanban-value, .table-frame td, .legend-value')).join(' ')
