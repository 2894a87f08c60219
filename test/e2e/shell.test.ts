import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { canBrowse } from '../support/browser.ts'
import { MARCH, openShop, settled, texts } from '../support/shop.ts'

let shop: Awaited<ReturnType<typeof openShop>>

describe.skipIf(!canBrowse)('the frame of the pages', () => {
  beforeAll(async () => {
    shop = await openShop()
  }, 120_000)
  afterAll(() => shop?.close())

  test('the palette finds a page by a few letters, and keys lead to pages', async () => {
    const { page } = await shop.signInAs('x', 'admin')
    await page.keyboard.press('/')
    await page.waitForSelector('.palette-input')
    await page.keyboard.type('lin')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => location.pathname === '/lines')
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await page.waitForFunction(() => location.pathname === '/shop')
    await page.keyboard.press('?')
    await page.waitForSelector('.shortcuts')
  })

  test('the theme is changed and kept, and a favourite is a link', async () => {
    const { page } = await shop.signInAs('x', 'admin')
    await page.click('[aria-label^="Theme"]')
    await page.click('[aria-label^="Theme"]')
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark')
    await page.click('.star')
    await page.waitForSelector('.favourite-link')
    await page.waitForNetworkIdle({ idleTime: 300 })
    await page.reload()
    await settled(page)
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    await page.waitForSelector('.favourite-link')
  })

  test('a viewer sees no individuals, by no route', async () => {
    const { page } = await shop.signInAs('x', 'viewer', '/lines')
    expect(await page.$$eval('h3', (titles) => titles.map((title) => title.textContent))).not.toContain('By person')
    const body = await page.evaluate(async () => (await fetch('/api/v1/project')).text())
    expect(body).not.toContain('user_id')
    await page.goto(`${shop.url}/lines?user_id=mia`)
    await settled(page)
    expect(await texts(page, '.chip')).toEqual([])
  })

  test('the menu of a widget shows its YAML and its SQL', async () => {
    const { page } = await shop.signInAs('x', 'admin')
    await page.click('[aria-label="Revenue by team"] .widget-menu-button')
    await page.click('.menu-item ::-p-text(View YAML)')
    await page.waitForSelector('.code')
    expect((await texts(page, '.code')).join()).toContain('by: team')
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.querySelector('dialog') === null)
    await page.click('[aria-label="Revenue by team"] .widget-menu-button')
    await page.click('.menu-item ::-p-text(View SQL and stored aggregate)')
    await page.waitForFunction(() => document.querySelectorAll('.code').length === 2)
    expect((await texts(page, '.code')).join().toLowerCase()).toContain('group by')
  })

  test.each(['light', 'dark'])('nothing serious is wrong for those who use other senses, in %s', async (theme) => {
    const { page } = await shop.signInAs('x', 'admin')
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
    for (const path of [
      `/shop?${MARCH}&team=blue`,
      `/records/orders?${MARCH}&open=2`,
      `/breakdown/orders/shop?${MARCH}&metrics=revenue`,
    ]) {
      await page.goto(`${shop.url}${path}`)
      await settled(page)
      expect(await violations(page), path).toEqual([])
    }
  })

  test.each([360, 820, 2560])('nothing sticks out at a width of %i', async (width) => {
    const { page } = await shop.signInAs('x', 'admin', `/shop?${MARCH}&team=blue`, width)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  })

  test('one widget that cannot be answered leaves the others alone', async () => {
    const { page } = await shop.signInAs('x', 'admin', `/lines?${MARCH}`)
    await page.setRequestInterception(true)
    page.on('request', (request) => {
      const body = request.postData() ?? ''
      if (!request.url().endsWith('/api/v1/query') || !body.includes('staff')) return void request.continue()
      void request.continue({ postData: body.replace('"staff"', '"stuff"') })
    })
    await page.goto(`${shop.url}/shop?${MARCH}`)
    await page.waitForSelector('[role=alert]')
    expect((await texts(page, '[role=alert]')).join()).toContain('stuff')
    expect((await texts(page, '.kpi-value'))[0]).toBe('€35.00')
  })

  test('one widget that cannot be drawn leaves the others alone', async () => {
    const { page } = await shop.signInAs('x', 'admin', `/lines?${MARCH}`)
    await page.evaluateOnNewDocument(() => {
      const { fetch } = window
      window.fetch = async (...asked) => {
        const response = await fetch(...asked)
        if (!String(asked[0]).endsWith('/api/v1/query')) return response
        const lines = (await response.text()).split('\n')
        const broken = lines.map((line) =>
          line.includes('"time"') ? line.replace('"rows":[{', '"rows":[null,{') : line,
        )
        return new Response(broken.join('\n'), response)
      }
    })
    await page.goto(`${shop.url}/shop?${MARCH}`)
    await page.waitForSelector('[aria-label="Revenue"] [role=alert]')
    await settled(page)
    expect(await texts(page, '[aria-label="Revenue"] .state-title')).toEqual(['This could not be drawn'])
    expect(await texts(page, '[aria-label="Line count"] .kpi-value')).toEqual(['4'])
    expect(await texts(page, '[aria-label="Teams"] [role=alert]')).toEqual([])
  })

  test('a server that restarts is waited for, and the page goes on by itself', async () => {
    const { page } = await shop.signInAs('x', 'admin')
    await shop.stopServer()
    await page.waitForSelector('.banner', { timeout: 15_000 })
    expect((await texts(page, '.banner')).join()).toContain('cannot be reached')
    expect((await texts(page, '.kpi-value'))[0]).toBe('€35.00')
    await shop.startServer()
    await page.waitForFunction(() => document.querySelector('.banner') === null, { timeout: 20_000 })
  }, 90_000)

  test('a session that ended says so and keeps the place', async () => {
    const { page } = await shop.signInAs('x', 'admin')
    const cookies = await page.browserContext().cookies()
    await page.browserContext().deleteCookie(...cookies)
    await page.click('.preset ::-p-text(90D)')
    await page.waitForSelector('.banner a')
    expect(await page.$eval('.banner a', (link) => link.getAttribute('href'))).toBe(
      '/sign-in?next=%2Fshop%3Frange%3D90d',
    )
    expect(await texts(page, 'h1')).toEqual(['Shop'])
  })
})
