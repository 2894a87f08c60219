import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canBrowse, openBrowser, openPage } from '../support/browser.ts'
import { runCli, startServing } from '../support/run-cli.ts'

const APRIL = '?from=2025-04-01&to=2025-04-29'
const dir = mkdtempSync(join(tmpdir(), 'charts-'))
let server: Awaited<ReturnType<typeof startServing>>
let browser: Browser
let shop: Awaited<ReturnType<typeof openPage>>
let details: Awaited<ReturnType<typeof openPage>>

describe.skipIf(!canBrowse)('a page of a shop with every type of widget', () => {
  beforeAll(async () => {
    cpSync(join(import.meta.dirname, '../projects/shop'), dir, { recursive: true })
    await runCli(['build', '--project', dir])
    server = await startServing(['serve', '--port', '0', '--project', dir])
    const key = (await runCli(['keys', 'create', '--org', 'x', '--role', 'admin', '--project', dir])).stdout.trim()
    browser = await openBrowser()
    shop = await openAs(key, '/shop')
    details = await openAs(key, '/details')
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  const openAs = async (key: string, path: string) => {
    const opened = await openPage(browser)
    await opened.page.setExtraHTTPHeaders({ authorization: `Bearer ${key}` })
    await opened.page.goto(`${server.url}${path}${APRIL}`)
    await settled(opened.page)
    return opened
  }

  test('draws all of them and says in words what each finds', async () => {
    const { page, problems } = shop
    const words = await page.$$eval('.card [role=img][aria-label]', (marks) =>
      marks.map((mark) => mark.ariaLabel ?? ''),
    )
    const say = (title: string) => words.find((text) => text.startsWith(title)) ?? ''
    expect(say('Orders a day')).toContain('Orders stays at 100')
    expect(say('Products:')).toMatch(/is highest with €[\d,.]+ \(\d+\.\d%\), then .*; 7 in all\./)
    expect(say('When people order')).toMatch(/highest at (Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d:00 with \d+\./)
    expect(say('Countries')).toContain('Germany is highest')
    expect(say('From order to payment')).toContain('Orders 2,900')
    expect(say('Paid orders')).toMatch(/70\.\d% on a scale from 0\.0% to 100\.0%, Good · target 75\.0%\./)
    for (const mark of [
      '.donut-picture path',
      '.map-picture path',
      '.funnel-picture path',
      '.plot rect.bar',
      '.area',
    ]) {
      expect((await page.$$(mark)).length, mark).toBeGreaterThan(0)
    }
    expect(await texts(page, '.donut .part-label')).toHaveLength(7)
    expect(await texts(page, '.map .chart-note')).toEqual(['Not on the map: Atlantis.'])
    expect(await texts(page, '.kpi-benchmark a')).toEqual(['Retail median'])
    expect(await texts(page, '.kanban-title .status-mark')).toEqual(['✓ Good', '! Needs work', '✕ Poor'])
    expect((await page.$$('.ghost')).length).toBeGreaterThan(0)
    expect(await texts(page, '.annotation-label')).toContain('New catalogue')
    expect(problems).toEqual([])
  })

  test('pointing at one chart marks the same day in the others', async () => {
    const { page } = shop
    const layer = await page.waitForSelector('section[aria-label="Orders a day"] .pointer-layer')
    const box = await layer?.boundingBox()
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 60)
    await page.waitForSelector('section[aria-label="Orders a day"] .tooltip')
    const lines = await page.$$eval('.crosshair', (all) => all.filter((line) => !(line as HTMLElement).hidden).length)
    expect(lines).toBe(await page.$$eval('.pointer-layer', (all) => all.length))
  })

  test('a chart is read with the keys, and a span chosen with Shift and Enter becomes the range of the page', async () => {
    const { page } = shop
    await page.focus('section[aria-label="Orders a day"] .pointer-layer')
    await page.keyboard.press('Home')
    const said = '[aria-label="Orders a day: values over time"]'
    expect(await page.$eval(said, (layer) => layer.ariaValueText)).toBe('Tue, Apr 1, 2025: Orders 100')
    await page.keyboard.down('Shift')
    await page.keyboard.press('PageDown')
    await page.keyboard.up('Shift')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => location.search.includes('to=2025-04-08'))
    expect(page.url()).toContain('from=2025-04-01')
    await page.goBack()
    await page.waitForFunction((april) => location.search === april, {}, APRIL)
    await settled(page)
  })

  test('brushing a chart zooms the page, and Back undoes it', async () => {
    const { page, problems } = shop
    // The second time its answer is there at once, and the chart shrinks below the pointer.
    for (const _ of [1, 2]) {
      await brush(page, 'Revenue by product', [0.5, 0.75])
      await page.waitForFunction(
        () => location.search.includes('from=2025-04-15') && location.search.includes('to=2025-04-22'),
      )
      await settled(page)
      await page.goBack()
      await page.waitForFunction((april) => location.search === april, {}, APRIL)
      await settled(page)
    }
    expect(problems).toEqual([])
  })

  test('percentiles are switched, other series isolated', async () => {
    const { page } = shop
    const lines = () => page.$$eval('section[aria-label="Delivery time"] .line', (all) => all.length)
    expect(await lines()).toBe(2)
    await page.click('section[aria-label="Delivery time"] .legend-item ::-p-text(P99)')
    expect(await lines()).toBe(3)
    await page.click('section[aria-label="Revenue by product"] .legend-item')
    expect(await page.$$eval('section[aria-label="Revenue by product"] .area', (all) => all.length)).toBe(1)
  })

  test('a country opens its regions and those their cities, and there is a way back', async () => {
    const { page } = shop
    const map = 'section[aria-label="Countries"]'
    await page.click(`${map} button ::-p-text(Germany)`)
    await page.waitForSelector(`${map} .breadcrumbs`)
    await settled(page)
    expect((await texts(page, `${map} .bar-label`)).sort()).toEqual(['DE North', 'DE South', 'DE West'])
    await page.click(`${map} button ::-p-text(DE West)`)
    await page.waitForFunction((card) => document.querySelectorAll(`${card} .breadcrumbs button`).length === 2, {}, map)
    await settled(page)
    expect(await texts(page, `${map} .bar-label`)).toContain('DE Harbour')
    // The way back may have scrolled under the bar at the top.
    await page.$eval(map, (card) => card.scrollIntoView({ block: 'center' }))
    await page.click(`${map} .breadcrumbs button`)
    await page.waitForSelector(`${map} .map-picture path`)
  })

  test('every chart has a table of the same figures', async () => {
    const { page } = shop
    await page.click('section[aria-label="Products"] .card-tool')
    expect(await texts(page, 'section[aria-label="Products"] th')).toEqual(['Product', 'Revenue'])
    expect(await texts(page, 'section[aria-label="Products"] tbody tr')).toHaveLength(9)
  })

  test('tables are searched and sorted, and their columns chosen', async () => {
    const { page } = details
    const table = 'section.card[aria-label="By city"]'
    await page.type(`${table} input[type=search]`, 'DE Hill')
    await page.waitForFunction(
      (card) => document.querySelector(`${card} .table-count`)?.textContent !== '77 rows',
      {},
      table,
    )
    expect(new Set(await texts(page, `${table} tbody td:first-child`))).toEqual(new Set(['DE Hill']))
    await page.click(`${table} th:nth-child(4) button`)
    const orders = (await texts(page, `${table} tbody td:nth-child(4)`)).map(Number)
    expect(orders).toEqual([...orders].sort((a, b) => b - a))
    await page.click(`${table} summary ::-p-text(Columns)`)
    await page.click(`${table} .drop-item ::-p-text(Channel)`)
    await page.keyboard.press('Escape')
    expect(await texts(page, `${table} th`)).toEqual(
      ['City', 'Revenue', 'Orders', 'Paid orders'].map((text, index) => (index === 2 ? `${text}↓` : text)),
    )
  })

  test('an export has what is shown and says how many rows', async () => {
    const { page } = details
    await page.evaluate(() => {
      const saved: Promise<string>[] = []
      Object.assign(window, { saved })
      URL.createObjectURL = (blob) => {
        saved.push((blob as Blob).text())
        return 'blob:none'
      }
    })
    const table = 'section.card[aria-label="By city"]'
    await page.click(`${table} input[type=search]`, { count: 3 })
    await page.keyboard.press('Backspace')
    await page.click(`${table} summary ::-p-text(Export)`)
    expect(await texts(page, `${table} .drop-note`)).toEqual(['77 rows, all of them.'])
    await page.click(`${table} button.drop-item ::-p-text(CSV)`)
    await page.waitForFunction(() => (window as unknown as { saved: unknown[] }).saved.length === 1)
    const csv = await page.evaluate(() => (window as unknown as { saved: Promise<string>[] }).saved[0])
    expect(csv?.split('\r\n')[0]?.replace('\uFEFF', '')).toBe('city,revenue,order_count,paid_rate')
    expect(csv?.trim().split('\r\n')).toHaveLength(78)
    await page.click(`${table} button.drop-item ::-p-text(Excel)`)
    await page.waitForFunction(() => (window as unknown as { saved: unknown[] }).saved.length === 2)
    const xlsx = await page.evaluate(() => (window as unknown as { saved: Promise<string>[] }).saved[1])
    expect(xlsx?.slice(0, 2)).toBe('PK')
  })

  test('a chart is saved as a picture of twice its size', async () => {
    const { page } = shop
    await page.evaluate(() => {
      const pictures: Promise<number>[] = []
      Object.assign(window, { pictures })
      URL.createObjectURL = (blob) => {
        pictures.push(createImageBitmap(blob as Blob).then(({ width }) => width))
        return 'blob:none'
      }
    })
    const chart = 'section.card[aria-label="Revenue by product"]'
    await page.click(`${chart} .widget-menu-button`)
    await page.click(`${chart} .menu-item ::-p-text(Export PNG)`)
    await page.waitForFunction(() => (window as unknown as { pictures: unknown[] }).pictures.length === 1)
    const width = await page.evaluate(() => (window as unknown as { pictures: Promise<number>[] }).pictures[0])
    const shown = await page.$eval(`${chart} .plot svg`, (svg) => svg.getBoundingClientRect().width)
    expect(width).toBe(Math.ceil((shown + 32) * 2))
  })

  test('rows of a hierarchy open level by level', async () => {
    const { page } = details
    const table = 'section.card[aria-label="Places"]'
    await page.click(`${table} .tree-open ::-p-text(DE)`)
    await page.waitForSelector(`${table} .tree-open ::-p-text(DE North)`)
    await page.click(`${table} .tree-open ::-p-text(DE North)`)
    await page.waitForSelector(`${table} .tree-leaf`)
    expect(await texts(page, `${table} .tree-leaf`)).toContain('DE Harbour')
  })

  test('single rows come newest first by the clock of the project, more on demand, and only those seen are drawn', async () => {
    const { page } = details
    const table = 'section.card[aria-label="Orders"]'
    expect((await texts(page, `${table} tbody td:first-child`))[0]).toBe('2025-04-29 23:53:00')
    expect(await texts(page, `${table} .table-count`)).toEqual(['500 rows'])
    expect((await page.$$(`${table} tbody tr`)).length).toBeLessThan(60)
    await page.click(`${table} .table-more`)
    await page.waitForFunction(
      (card) => document.querySelector(`${card} .table-count`)?.textContent?.startsWith('2,000'),
      {},
      table,
    )
  })

  test.each([360, 2560])('nothing sticks out at a width of %i', async (width) => {
    for (const { page } of [shop, details]) {
      await page.setViewport({ width, height: 900 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      await page.setViewport({ width: 1440, height: 900 })
    }
  })

  test.each(['light', 'dark'])('axe finds nothing serious in the %s theme', async (scheme) => {
    const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
    for (const { page } of [shop, details]) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
      await page.evaluate(source)
      const found = await page.evaluate(async () => {
        const { axe } = window as unknown as { axe: { run: (root: string) => Promise<AxeResult> } }
        const { violations } = await axe.run('main')
        return violations.map(({ id, impact, nodes }) => ({
          id,
          impact,
          at: nodes.slice(0, 3).map(({ html }) => html),
        }))
      })
      expect(found.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
    }
  })
})

interface AxeResult {
  readonly violations: readonly {
    readonly id: string
    readonly impact: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

const texts = (page: Page, selector: string) =>
  page.$$eval(selector, (elements) => elements.map((element) => element.textContent ?? ''))

/** Draws over a chart from one share of its width to another. */
async function brush(page: Page, title: string, [from, to]: readonly [number, number]) {
  const chart = `section[aria-label="${title}"]`
  const layer = await page.waitForSelector(`${chart} .pointer-layer`)
  await layer?.scrollIntoView()
  const box = await layer?.boundingBox()
  const at = (share: number) => (box?.x ?? 0) + 52 + ((box?.width ?? 0) - 64) * share
  await page.mouse.move(at(from), (box?.y ?? 0) + 80)
  await page.mouse.down()
  await page.mouse.move(at((from + to) / 2), (box?.y ?? 0) + 90)
  await page.mouse.move(at(to), (box?.y ?? 0) + 90)
  expect(await page.$eval(`${chart} .brush`, (span) => !(span as HTMLElement).hidden)).toBe(true)
  await page.mouse.up()
}

/** Everything that was asked is answered, and the charts that come in chunks are drawn. */
async function settled(page: Page) {
  await page.waitForSelector('.card')
  await page.waitForFunction(
    () =>
      document.querySelector('.skeleton, [aria-busy=true]') === null &&
      [...document.querySelectorAll('.donut-picture, .map-picture, .funnel-picture')].every(
        (one) => one.querySelector('svg') !== null,
      ),
  )
}
