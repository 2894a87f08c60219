import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canBrowse } from '../support/browser.ts'
import { drawn, openDemo } from '../support/demo-site.ts'
import { settled } from '../support/shop.ts'

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
})

/** What a person would wonder about: figures that are none, or with far too many digits. */
const oddTexts = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter(({ children }) => children.length === 0)
      .map(({ textContent }) => textContent ?? '')
      .filter((text) => /NaN|undefined|Infinity|\[object|\d\.\d{5,}/.test(text)),
  )
