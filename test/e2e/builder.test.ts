import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { violations } from '../support/axe.ts'
import { canBrowse } from '../support/browser.ts'
import { choose, press } from '../support/press.ts'
import { MARCH, openShop, settled, texts } from '../support/shop.ts'

let shop: Awaited<ReturnType<typeof openShop>>

interface File {
  readonly dashboards: readonly { readonly rows: readonly { readonly widgets: readonly object[] }[] }[]
}

describe.skipIf(!canBrowse)('the dashboard builder', () => {
  beforeAll(async () => {
    shop = await openShop()
  }, 120_000)
  afterAll(() => shop?.close())

  const customise = async (role = 'admin', width?: number) => {
    const opened = await shop.signInAs('x', role, `/shop?${MARCH}`, width)
    await press(opened.page, 'Customise')
    await opened.page.waitForFunction(
      () => location.pathname.startsWith('/my/') || document.querySelector('.popover-panel') !== null,
    )
    if (opened.page.url().includes('/shop')) await press(opened.page, 'Make another copy')
    await opened.page.waitForFunction(() => location.pathname.startsWith('/my/'))
    await drawn(opened.page)
    return opened
  }

  test('a page is copied, arranged by pointer and by key, and every step can be taken back', async () => {
    const { page, problems } = await customise()
    expect(await rows(page)).toEqual([
      ['Revenue', 'Order count', 'Staff', 'Line count'],
      ['Orders', 'Revenue by team', 'Teams'],
    ])
    await drag(page, 'Revenue', 'Staff', 'after')
    expect((await rows(page))[0]).toEqual(['Order count', 'Staff', 'Revenue', 'Line count'])
    await page.keyboard.press('ArrowLeft')
    expect((await rows(page))[0]).toEqual(['Order count', 'Revenue', 'Staff', 'Line count'])
    expect(await texts(page, 'main [role=status]')).toContain('Moved to row 1 of 2, place 2 of 4')
    await page.keyboard.press('ArrowDown')
    expect(await rows(page)).toEqual([
      ['Order count', 'Staff', 'Line count'],
      ['Orders', 'Revenue', 'Revenue by team', 'Teams'],
    ])
    expect(await focused(page)).toContain('Revenue, row 2 of 2')
    await page.keyboard.down('Shift')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.up('Shift')
    expect(await columns(page, 'Revenue')).toBe('4')
    await page.keyboard.press('Delete')
    expect((await rows(page))[1]).toEqual(['Orders', 'Revenue by team', 'Teams'])
    for (let step = 0; step < 5; step += 1) await chord(page, 'z')
    expect((await rows(page))[0]).toEqual(['Revenue', 'Order count', 'Staff', 'Line count'])
    await chord(page, 'z', true)
    expect((await rows(page))[0]).toEqual(['Order count', 'Staff', 'Revenue', 'Line count'])
    expect(problems).toEqual([])
  })

  test('a widget goes into a row of its own, and its edge snaps to the columns', async () => {
    const { page } = await customise()
    const gap = await page.$('[data-gap="1"]')
    await dragTo(page, 'Staff', await middleOf(gap))
    expect(await rows(page)).toEqual([
      ['Revenue', 'Order count', 'Line count'],
      ['Staff'],
      ['Orders', 'Revenue by team', 'Teams'],
    ])
    const edge = await middleOf(await page.$(`${tile('Staff')} .tile-edge`))
    const grid = await (await page.$('.grid'))?.boundingBox()
    await page.mouse.move(edge.x, edge.y)
    await page.mouse.down()
    await page.mouse.move(edge.x + 2.9 * ((grid?.width ?? 0) / 12), edge.y, { steps: 4 })
    await page.mouse.up()
    expect(await columns(page, 'Staff')).toBe('6')
  })

  test('what is added and saved is there after a reload, as YAML that is valid', async () => {
    const { page, problems } = await customise()
    await press(page, 'Add widget')
    await choose(page, 'Metrics', 'Line time')
    await choose(page, 'By', 'Kind')
    expect(await page.$eval('[role=radio][aria-checked=true]', (one) => one.textContent)).toContain('Bar')
    expect(await page.$eval('[role=radio][title^=KPI]', (one) => one.getAttribute('title'))).toBe(
      'KPI: shows no dimension',
    )
    await page.waitForSelector('.panel-preview .bars, .panel-preview .bar-label')
    await press(page, 'Add to the dashboard')
    await type(page, 'Title', 'Time by kind')
    await page.waitForFunction(() => document.querySelector('[aria-label^="Time by kind,"] .bar-label') !== null)
    await press(page, 'Save')
    await page.waitForFunction(() => !location.search.includes('edit'))
    await page.reload()
    await settled(page)
    expect(await texts(page, '.card-title')).toContain('Time by kind')
    await page.click('[aria-label="Menu of this dashboard"]')
    await press(page, 'Export as YAML')
    await page.waitForSelector('.export-code')
    expect(await texts(page, '.export-code')).toEqual([expect.stringContaining('+          - { type: bar')])
    await press(page, 'YAML file')
    const [yaml = ''] = await texts(page, '.export-code')
    const shopPage = (parse(yaml) as File).dashboards[0]
    expect(shopPage?.rows.at(-1)?.widgets).toEqual([
      { type: 'bar', title: 'Time by kind', metric: 'line_time', by: 'kind', width: 6 },
    ])
    expect(problems).toEqual([])
  })

  test('nobody leaves unsaved changes unasked, and a reload brings them back', async () => {
    const { page } = await customise()
    await page.focus(tile('Staff'))
    await page.keyboard.press('Delete')
    await page.click('[aria-label=Dashboards] .page-link')
    await page.waitForSelector('dialog[open]')
    expect(await texts(page, 'dialog h2')).toEqual(['Leave without saving?'])
    await press(page, 'Go on editing')
    page.on('dialog', (asked) => void asked.accept())
    await page.reload()
    await drawn(page)
    expect((await rows(page))[0]).toEqual(['Revenue', 'Order count', 'Line count'])
    await press(page, 'Discard them')
    expect((await rows(page))[0]).toEqual(['Revenue', 'Order count', 'Staff', 'Line count'])
  })

  test('what was changed in another window is not overwritten unasked', async () => {
    const { page } = await customise()
    const other = await page.browserContext().newPage()
    await other.goto(page.url())
    await drawn(other)
    for (const [window, title] of [
      [other, 'Theirs'],
      [page, 'Ours'],
    ] as const) {
      await window.bringToFront()
      await window.$eval('.editor-title', (field) => (field as HTMLInputElement).select())
      await window.type('.editor-title', title)
      await window.waitForFunction(
        () => !document.querySelector<HTMLButtonElement>('.editor-end .button-primary')?.disabled,
      )
      await press(window, 'Save')
      if (window === other) await window.waitForFunction(() => !location.search.includes('edit'))
    }
    await page.waitForSelector('dialog[open]')
    expect(await texts(page, 'dialog h2')).toEqual(['This dashboard was changed elsewhere'])
    await press(page, 'Save mine as a copy')
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Ours (mine)')
    await page.waitForSelector('[aria-label="My dashboards"] .page-link ::-p-text(Ours \\(mine\\))')
    expect(await texts(page, '[aria-label="My dashboards"] .page-link')).toContain('Theirs')
  })

  test('a session that ended takes no changes away', async () => {
    const { page } = await customise()
    await page.focus(tile('Staff'))
    await page.keyboard.press('Delete')
    const cookies = await page.browserContext().cookies()
    await page.browserContext().deleteCookie(...cookies)
    await press(page, 'Save')
    await page.waitForSelector('dialog[open]')
    expect(await texts(page, 'dialog h2')).toEqual(['It could not be saved'])
    await press(page, 'Go on editing')
    expect((await rows(page))[0]).toEqual(['Revenue', 'Order count', 'Line count'])
    await page.browserContext().setCookie(...cookies)
    await press(page, 'Save')
    await page.waitForFunction(() => !location.search.includes('edit'))
    await settled(page)
    expect(await texts(page, '.card-title')).not.toContain('Staff')
  })

  test('a change is proposed where the repository is known, and the link to it is shown', async () => {
    const { page } = await customise()
    await page.focus(tile('Staff'))
    await page.keyboard.press('Delete')
    await press(page, 'Save')
    await page.waitForFunction(() => !location.search.includes('edit'))
    await page.setRequestInterception(true)
    const sent: string[] = []
    page.on('request', (request) => {
      const answer = answerOf(request.url())
      if (request.url().endsWith('/pull-request')) sent.push(request.postData() ?? '')
      if (answer === null) return void request.continue()
      void request.respond({ status: 200, contentType: 'application/json', body: JSON.stringify(answer) })
    })
    await page.reload()
    await settled(page)
    await page.click('[aria-label="Menu of this dashboard"]')
    await press(page, 'Export as YAML')
    await press(page, 'Open pull request')
    await page.waitForSelector('dialog a[href="https://example.org/pull/7"]')
    expect(sent.map((body) => JSON.parse(body) as object)).toEqual([{ title: 'Change the dashboard Shop', body: '' }])
  })

  test('a wrong filter is told at the widget, and keeps the dashboard from being saved', async () => {
    const { page } = await customise()
    await page.click(`${tile('Revenue')} [aria-label="Edit Revenue"]`)
    await press(page, 'As text')
    await page.type('.where-text', "{stotus} = 'paid'")
    await page.keyboard.press('Enter')
    await page.waitForSelector(`${tile('Revenue')} .tile-problem`)
    expect((await texts(page, `${tile('Revenue')} .tile-problem`))[0]).toContain('stotus')
    expect(await page.$eval('.editor-end .button-primary', (button) => (button as HTMLButtonElement).disabled)).toBe(
      true,
    )
  })

  test('a shared dashboard is seen by others without what their role may not see', async () => {
    const { page } = await customise()
    await page.$eval('.editor-title', (field) => (field as HTMLInputElement).select())
    await page.type('.editor-title', 'For all')
    await press(page, 'Add widget')
    await choose(page, 'Metrics', 'Order count')
    await choose(page, 'By', 'Order id')
    await press(page, 'Add to the dashboard')
    await drawn(page)
    await press(page, 'Save')
    await page.waitForSelector('[aria-label="Menu of this dashboard"]')
    await page.click('[aria-label="Menu of this dashboard"]')
    await press(page, 'Share in the organisation')
    await page.waitForFunction(() => document.querySelector('.owner-note')?.textContent === 'Shared')
    const viewer = await shop.signInAs('x', 'viewer', new URL(page.url()).pathname)
    await viewer.page.waitForSelector('.card-title')
    expect(await texts(viewer.page, '.card-title')).not.toContain('Order count by order id')
    expect(await texts(viewer.page, '[aria-label="Shared dashboards"] .page-link')).toContain('For all')
    expect(await viewer.page.$$eval('.page-actions .button', (all) => all.map((one) => one.textContent))).not.toContain(
      'Edit',
    )
    const stranger = await shop.signInAs('y', 'admin', new URL(page.url()).pathname)
    await stranger.page.waitForSelector('.message')
    expect(await texts(stranger.page, 'h1')).toEqual(['This dashboard cannot be shown'])
  })

  test('a viewer picks only from what the role sees', async () => {
    const { page } = await shop.signInAs('x', 'viewer', '/my/new')
    await choose(page, 'Metrics', 'Order count')
    await page.waitForSelector('[aria-label=By]')
    const offered = await texts(page, '[aria-label=By] .picker-item')
    expect(offered.some((text) => text.includes('Team'))).toBe(true)
    expect(offered.filter((text) => /order id/i.test(text))).toEqual([])
  })

  test.each(['light', 'dark'])('axe finds nothing serious while editing, in the %s theme', async (theme) => {
    const { page } = await customise()
    await page.evaluate((name) => {
      document.documentElement.dataset.theme = name
    }, theme)
    expect(await violations(page)).toEqual([])
    await page.click(`${tile('Revenue')} [aria-label="Edit Revenue"]`)
    await page.waitForSelector('.builder-panel')
    expect(await violations(page)).toEqual([])
    await press(page, 'Settings')
    await page.waitForSelector('[aria-label="Dashboard settings"]')
    expect(await violations(page)).toEqual([])
  })

  test('a widget of a page is put on a dashboard of one’s own from its menu', async () => {
    const { page } = await shop.signInAs('x', 'viewer')
    await page.click('[aria-label="Menu of Orders"]')
    await press(page, 'Add to a dashboard of mine')
    await page.waitForSelector('.save-form')
    await press(page, 'Save')
    await press(page, 'Open the dashboard')
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'My dashboard')
    await settled(page)
    expect(await texts(page, '.card-title')).toEqual(['Orders'])
  })

  test('on a phone widgets are moved by a menu', async () => {
    const { page } = await customise('admin', 390)
    await page.click(`${tile('Revenue')} [aria-label="Move, resize or duplicate Revenue"]`)
    await press(page, 'Move right')
    expect((await rows(page))[0]?.slice(0, 2)).toEqual(['Order count', 'Revenue'])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  })
})

/** What a server with a repository says. */
function answerOf(url: string): object | null {
  if (url.endsWith('/pull-request')) return { url: 'https://example.org/pull/7', number: 7 }
  return url.endsWith('/personal-dashboards') ? { dashboards: [], pullRequests: true } : null
}

const tile = (name: string) => `.tile[aria-label^="${name}, "]`

/** Everything of the editor is drawn. */
async function drawn(page: Page) {
  await page.waitForSelector('.tile .card')
  await settled(page)
}

const rows = (page: Page) =>
  page.$$eval('.editor-row', (all) =>
    all.map((row) =>
      [...row.querySelectorAll('.tile')].map((one) => one.getAttribute('aria-label')?.replace(/, row .*/, '') ?? ''),
    ),
  )

const columns = (page: Page, name: string) =>
  page.$eval(tile(name), (one) => (one as HTMLElement).style.getPropertyValue('--columns'))

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')

async function type(page: Page, label: string, text: string) {
  const field = await page.waitForSelector(`.builder-panel ::-p-xpath(.//label[contains(., "${label}")]//input)`)
  await field?.type(text)
}

async function chord(page: Page, key: 'z', shift = false) {
  await page.keyboard.down('Control')
  if (shift) await page.keyboard.down('Shift')
  await page.keyboard.press(key)
  if (shift) await page.keyboard.up('Shift')
  await page.keyboard.up('Control')
}

interface Point {
  readonly x: number
  readonly y: number
}

async function middleOf(element: Awaited<ReturnType<Page['$']>>): Promise<Point> {
  const box = await element?.boundingBox()
  return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
}

async function drag(page: Page, name: string, onto: string, side: 'before' | 'after') {
  const box = await (await page.$(tile(onto)))?.boundingBox()
  const share = side === 'after' ? 0.8 : 0.2
  await dragTo(page, name, {
    x: (box?.x ?? 0) + (box?.width ?? 0) * share,
    y: (box?.y ?? 0) + (box?.height ?? 0) * 0.7,
  })
}

async function dragTo(page: Page, name: string, to: Point) {
  const box = await (await page.$(tile(name)))?.boundingBox()
  await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + (box?.height ?? 0) * 0.7)
  await page.mouse.down()
  await page.mouse.move(to.x - 10, to.y, { steps: 3 })
  await page.mouse.move(to.x, to.y, { steps: 3 })
  await page.mouse.up()
}
