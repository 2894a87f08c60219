import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canBrowse } from '../support/browser.ts'
import { MARCH, openShop, settled, texts } from '../support/shop.ts'

let shop: Awaited<ReturnType<typeof openShop>>

describe.skipIf(!canBrowse)('the way down to single rows', () => {
  beforeAll(async () => {
    shop = await openShop()
  }, 120_000)
  afterAll(() => shop?.close())

  test('a mark offers a filter, the level below and the rows behind it', async () => {
    const { page } = await shop.signInAs('x', 'admin')
    await page.click('[aria-label="Revenue by team"] .bars button, [aria-label="Revenue by team"] button.bar')
    await page.waitForSelector('.drill-menu')
    expect(await texts(page, '.drill-menu .menu-item')).toEqual([
      'Filter by Team: blue',
      'Break down by status',
      'Show the orders behind this point',
    ])
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => location.search.includes('team=blue'))
  })

  test('rows behind a metric are those it counts', async () => {
    const { page } = await shop.signInAs('x', 'admin', `/records/orders?${MARCH}&metric=paid_count`)
    expect(await texts(page, 'h1')).toEqual(['Orders behind Paid count'])
    expect(await texts(page, 'tbody td:first-child')).toEqual(['2', '1'])
    expect(await texts(page, 'tbody tr:first-child td:nth-child(n+6)')).toEqual(['€20.00', '3'])
  })

  test('a breakdown goes level by level to the row, with a way back', async () => {
    const { page } = await shop.signInAs('x', 'admin', `/breakdown/orders/shop?${MARCH}&metrics=revenue`)
    expect(await texts(page, 'tbody td')).toEqual(['blue', '€25.00', '71.4%', 'red', '€10.00', '28.6%'])
    await page.click('tbody a ::-p-text(blue)')
    await page.waitForFunction(() => document.querySelector('tbody td')?.textContent === 'Paid')
    await settled(page)
    await page.click('tbody a ::-p-text(Paid)')
    await page.waitForFunction(() => document.querySelector('tbody td')?.textContent === '2')
    expect(await texts(page, '.breadcrumbs > *')).toEqual(['Shop', 'blue', 'Paid'])
    await page.click('tbody a')
    await page.waitForSelector('.steps')
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.querySelector('dialog') === null)
    await page.click('.breadcrumbs a')
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 2)
  })

  test('a row opens with its trace: searched, opened, shared as a page', async () => {
    const { page, problems } = await shop.signInAs('x', 'admin', `/records/orders?${MARCH}`)
    await page.click('tbody a ::-p-text(2)')
    await page.waitForSelector('.steps')
    expect(await texts(page, '.step-kind')).toEqual(['reason', 'pick', 'pack'])
    expect(await texts(page, '.step-duration')).toEqual(['4.0 s', '2.0 s', '3.0 s'])
    const indents = await page.$$eval('.step-name', (names) =>
      names.map((name) => (name as HTMLElement).style.paddingLeft),
    )
    expect(indents).toEqual(['0px', '16px', '0px'])
    await page.type('.trace-tools input', 'torn')
    expect(await texts(page, '.step-title')).toEqual(['box'])
    await page.click('.step summary')
    expect(await texts(page, '.step-text')).toEqual(['The box is torn'])
    expect(page.url()).toContain('open=2')
    await page.click('.dialog-actions a')
    await page.waitForFunction(() => location.pathname === '/records/orders/2')
    await page.waitForSelector('.steps')
    expect(await texts(page, 'h1')).toEqual(['2'])
    expect(problems).toEqual([])
  })

  test('rows of another tenant are not there, and a viewer is shown none', async () => {
    const other = await shop.signInAs('y', 'admin', '/records/orders/2')
    expect((await texts(other.page, '.state-text')).join()).toContain('There is no')
    const viewer = await shop.signInAs('x', 'viewer', `/records/orders?${MARCH}`)
    expect(await texts(viewer.page, 'h1')).toEqual(['These rows cannot be listed'])
  })
})
