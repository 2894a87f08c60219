import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { canBrowse } from '../support/browser.ts'
import { drawn, openDemo } from '../support/demo-site.ts'
import { settled, texts } from '../support/shop.ts'

const PAGES = ['overview', 'usage', 'performance', 'costs', 'security', 'teams', 'settings/profile'] as const
/** So high that every widget of a page is drawn. */
const WHOLE = 7000

let demo: Awaited<ReturnType<typeof openDemo>>

describe.skipIf(!canBrowse)('the pages of the shipped project', () => {
  beforeAll(async () => {
    demo = await openDemo({ days: 35 })
  }, 240_000)
  afterAll(() => demo?.close())

  test('a figure leads to its page, a mark to the sessions behind it', async () => {
    const { page, problems } = await demo.signIn({ role: 'admin' })
    const links = await page.$$eval('.card-drill', (all) => [...new Set(all.map((one) => one.getAttribute('href')))])
    expect(links.map((link) => link?.split('?')[0]).sort()).toEqual([
      '/costs',
      '/performance',
      '/security',
      '/teams',
      '/usage',
    ])
    await page.goto(`${demo.url}/performance?mode=agent`)
    await drawn(page)
    await page.click('[aria-label^="Success by framework"] button.bar-label')
    await page.waitForSelector('.drill-menu')
    await page.click('.drill-menu .menu-item ::-p-text(behind this point)')
    await page.waitForFunction(() => location.pathname === '/records/sessions')
    await settled(page)
    expect((await page.$$('tbody a')).length).toBeGreaterThan(0)
    expect(await oddTexts(page)).toEqual([])
    expect(problems).toEqual([])
  })

  test.each(['light', 'dark'])(
    'nothing serious is wrong for those who use other senses, in %s',
    async (theme) => {
      const { page } = await demo.signIn({ role: 'admin' })
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
      for (const path of PAGES) {
        await show(page, path, 1440)
        expect(await violations(page), path).toEqual([])
      }
    },
    90_000,
  )

  test('nothing sticks out on a phone, a tablet and a wide screen, and figures are figures', async () => {
    const { page, problems } = await demo.signIn({ role: 'admin' })
    for (const path of PAGES) {
      await show(page, path, 1440)
      for (const width of [360, 820, 2560]) {
        await page.setViewport({ width, height: WHOLE })
        await settled(page)
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(
          0,
        )
      }
      expect(await oddTexts(page), path).toEqual([])
      expect(await texts(page, '.page [role=alert]'), path).toEqual([])
    }
    expect(problems).toEqual([])
  }, 90_000)

  test.each(PAGES.slice(0, 6))(
    'every filter of %s stands in the address and narrows the page',
    async (path) => {
      const { page, problems } = await demo.signIn({ role: 'admin', path: `/${path}` })
      await show(page, path, 1440)
      const labels = await texts(page, '.filter-bar .filter')
      expect(labels.length).toBeGreaterThan(1)
      for (const [index, label] of labels.entries()) {
        const before = await figures(page)
        await (await page.$$('.filter-bar .filter'))[index]?.click()
        await page.waitForSelector('.popover-panel .option input')
        // The last one has the fewest rows.
        await page.$$eval('.popover-panel .option input', (all) => all.at(-1)?.click())
        await page.click('.options-footer .button-primary')
        await page.waitForSelector('.chip')
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
})

async function show(page: Page, path: string, width: number) {
  await page.setViewport({ width, height: WHOLE })
  await page.goto(`${demo.url}/${path}`)
  await settled(page)
}

/** What the widgets say. */
const figures = async (page: Page) =>
  (await texts(page, '.kpi-value, .bar-value, .kanban-value, .table-frame td, .legend-value')).join(' ')

/** What a person would wonder about: figures that are none, or with far too many digits. */
const oddTexts = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter(({ children }) => children.length === 0)
      .map(({ textContent }) => textContent ?? '')
      .filter((text) => /NaN|undefined|Infinity|\[object|\d\.\d{5,}/.test(text)),
  )
