import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canBrowse, openBrowser, openPage } from '../support/browser.ts'
import { runCli, startServing } from '../support/run-cli.ts'
import { sampleProject } from '../support/sample-project.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PASSWORD = 'correct horse battery'
const project = sampleProject({
  'alerts/shop.yml': `version: 1
channels:
  - { name: inbox, type: in_app }
alerts:
  - name: few_orders
    title: Few orders
    type: threshold
    metric: order_count
    when: { below: 2 }
    bounds: { min: 1, max: 10 }
    severity: warning
    notify: [inbox]
`,
})
let server: Awaited<ReturnType<typeof startServing>>
let browser: Browser

describe.skipIf(!canBrowse)('settings', () => {
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

  let admin: Page

  test('a set-up link leads to the first account, and mistakes are shown beside their field', async () => {
    const { page, problems } = await openPage(browser)
    admin = page
    await page.goto(server.set_up.find(({ org }) => org === 'x')?.url ?? '')
    await checkAccess(page)
    await fill(page, { email: 'ada@x.example', name: 'Ada', password: 'short', again: 'short' })
    await Promise.all([page.waitForNavigation(), page.click('button')])
    expect(await textOf(page, '#password-note')).toContain('at least 10 characters')
    expect(await page.$eval('#email', (input) => (input as HTMLInputElement).value)).toBe('ada@x.example')
    await checkAccess(page)
    await fill(page, { password: PASSWORD, again: PASSWORD })
    await Promise.all([page.waitForNavigation(), page.click('button')])
    await page.waitForSelector('.caller-name')
    expect(await textOf(page, '.caller-name')).toBe('Ada')
    expect(problems.filter((text) => !text.includes('400'))).toEqual([])
  })

  test.each(['profile', 'notifications', 'users', 'keys', 'alerts', 'reports', 'channels', 'audit', 'sources'])(
    'the page %s is without barriers in both themes and at 360 pixels',
    async (name) => {
      const { page, problems } = await openPageOf(admin)
      for (const theme of ['light', 'dark']) {
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
        await openSettings(page, name)
        await checkAccess(page)
      }
      await page.setViewport({ width: 360, height: 800 })
      await openSettings(page, name)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      expect(problems.filter((text) => !text.includes('404'))).toEqual([])
      await page.close()
    },
  )

  test('a key is shown once, works, and is revoked after a question', async () => {
    await openSettings(admin, 'keys')
    await type(admin, 'Name', 'CI')
    await admin.click('button ::-p-text(Create key)')
    await admin.waitForSelector('dialog .secret code')
    await checkAccess(admin)
    const key = (await textOf(admin, 'dialog .secret code')) ?? ''
    const ask = async () =>
      (await fetch(`${server.url}/api/v1/project`, { headers: { authorization: `Bearer ${key}` } })).status
    expect(await ask()).toBe(200)
    await admin.click('dialog button ::-p-text(Done)')
    await admin.waitForSelector('tbody tr')
    expect(await admin.content()).not.toContain(key)
    await admin.click('[aria-label="Revoke CI"]')
    await admin.waitForSelector('dialog .button-danger')
    await admin.keyboard.press('Escape')
    expect(await ask()).toBe(200)
    await admin.click('[aria-label="Revoke CI"]')
    await admin.waitForSelector('dialog .button-danger')
    await admin.click('dialog .button-danger')
    await toast(admin, 'CI is revoked.')
    expect(await ask()).toBe(401)
  })

  test('an invitation lets somebody in, whose pages are those of the role', async () => {
    await openSettings(admin, 'users')
    await type(admin, 'E-mail', 'vic@x.example')
    await choose(admin, 'Role', 'viewer')
    await admin.click('button ::-p-text(Invite)')
    await admin.waitForSelector('dialog .secret code')
    const link = (await textOf(admin, 'dialog .secret code')) ?? ''
    const { page } = await openPage(browser)
    await page.goto(link)
    expect(await textOf(page, 'h1')).toBe('Join x')
    await fill(page, { password: PASSWORD, again: PASSWORD })
    await Promise.all([page.waitForNavigation(), page.click('button')])
    await openSettings(page, 'profile')
    expect(await texts(page, '.settings-link')).toEqual(['Profile', 'Notifications', 'Data sources'])
    await page.goto(`${server.url}/settings/users`)
    await page.waitForSelector('.settings-body h1')
    expect(await textOf(page, '.settings-body h1')).toBe('Nothing here for you')
  })

  test('the role of the last admin cannot be taken, and the page says why', async () => {
    await openSettings(admin, 'users')
    await admin.select('[aria-label="Role of Ada"]', 'viewer')
    await toast(admin, 'last admin')
    await admin.waitForFunction(() => document.querySelector<HTMLSelectElement>('tbody select')?.value === 'admin')
  })

  test('an alert is changed within its bounds, told to be so, and reset', async () => {
    await openSettings(admin, 'alerts')
    await admin.click('[aria-label="Change Few orders"]')
    await type(admin, 'Goes off below', '50')
    await admin.click('dialog button[type=submit]')
    await admin.waitForSelector('dialog .field-error')
    expect(await textOf(admin, 'dialog .field-error')).toContain('bounds')
    await type(admin, 'Goes off below', '3')
    await type(admin, 'Why', 'Quiet season')
    await admin.click('dialog button[type=submit]')
    await admin.waitForSelector('.tag-accent')
    expect(await textOf(admin, '.rows')).toContain('By ada@x.example')
    await admin.click('[aria-label="Reset Few orders"]')
    await admin.waitForFunction(() => document.querySelector('.tag-accent') === null)
  })

  test('notifications and display are kept', async () => {
    await openSettings(admin, 'notifications')
    await admin.click('[aria-label="Critical: In the app"]')
    await toast(admin, 'Saved.')
    await openSettings(admin, 'notifications')
    const checked = (label: string) =>
      admin.$eval(`[aria-label="${label}"]`, (box) => (box as HTMLInputElement).checked)
    expect([await checked('Critical: In the app'), await checked('Warning: In the app')]).toEqual([false, true])
    const mail = '[aria-label="Critical: By e-mail"]'
    expect(await admin.$eval(mail, (box) => (box as HTMLInputElement).disabled)).toBe(true)
    expect(await textOf(admin, '.setting-text')).toContain('Mails cannot be chosen: The project declares no channel')
    expect(await admin.$$eval('option:disabled', (options) => options.map((one) => one.textContent))).toEqual([
      'By e-mail',
      'In the app and by e-mail',
    ])
    await openSettings(admin, 'profile')
    await choose(admin, 'Theme', 'dark')
    await admin.waitForFunction(() => document.documentElement.dataset.theme === 'dark')
    await admin.reload()
    await admin.waitForFunction(() => document.documentElement.dataset.theme === 'dark')
  })

  test('the audit log tells what was done here, and is filtered', async () => {
    await openSettings(admin, 'audit')
    expect(await textOf(admin, '.status-mark')).toContain('as they were written')
    await type(admin, 'What', 'key.')
    await admin.waitForFunction(() => document.querySelectorAll('tbody tr').length === 2)
    expect(await texts(admin, 'tbody td:nth-child(3)')).toEqual(['key.revoked', 'key.created'])
    expect(await texts(admin, 'tbody td:nth-child(2)')).toEqual(['ada@x.example', 'ada@x.example'])
  })

  test('everything is reached by keyboard', async () => {
    await openSettings(admin, 'keys')
    await admin.focus('.settings-link[aria-current=page]')
    const seen: string[] = []
    for (let step = 0; step < 25; step += 1) {
      await admin.keyboard.press('Tab')
      seen.push(
        await admin.evaluate(
          () => document.activeElement?.closest('label')?.textContent ?? document.activeElement?.id ?? '',
        ),
      )
    }
    expect(seen.some((text) => text.includes('Send events'))).toBe(true)
  })

  test('a new password is asked for twice and the old one once', async () => {
    await openSettings(admin, 'profile')
    await type(admin, 'Current password', 'not my password')
    await type(admin, 'New password', 'another good one')
    await type(admin, 'New password again', 'another good one')
    await admin.click('button ::-p-text(Change password)')
    await admin.waitForSelector('.field-error')
    expect(await textOf(admin, '.field-error')).toBe('This is not your password.')
    await type(admin, 'Current password', PASSWORD)
    await admin.click('button ::-p-text(Change password)')
    await toast(admin, 'Your password is changed')
  })
})

/** Another page of the same person. */
async function openPageOf(other: Page) {
  const page = await other.browserContext().newPage()
  await page.setViewport({ width: 1280, height: 900 })
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  return { page, problems }
}

async function openSettings(page: Page, name: string) {
  // A page in the background paints nothing, and so waits for ever.
  await page.bringToFront()
  await page.goto(`${server.url}/settings/${name}`)
  await page.waitForSelector('.setting')
  await page.waitForFunction(() => document.querySelector('.setting-skeleton') === null)
}

async function checkAccess(page: Page) {
  await page.evaluate(AXE)
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<{ violations: Violation[] }> } }
    interface Violation {
      readonly id: string
      readonly impact: string
      readonly nodes: readonly { readonly html: string }[]
    }
    const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
  expect(found).toEqual([])
}

async function fill(page: Page, fields: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(fields)) {
    await page.$eval(`#${name}`, (input) => ((input as HTMLInputElement).value = ''))
    await page.type(`#${name}`, value)
  }
}

/** The control with this label. */
async function control(page: Page, label: string): Promise<string> {
  const id = await page.$$eval(
    'label',
    (labels, text) =>
      labels
        .filter((one) => one.offsetParent !== null || one.closest('dialog') !== null)
        .findLast((one) => one.textContent?.trim() === text)
        ?.getAttribute('for') ?? '',
    label,
  )
  expect(id, `a control with the label ${label}`).not.toBe('')
  return `[id="${id}"]`
}

async function type(page: Page, label: string, text: string) {
  const selector = await control(page, label)
  await page.click(selector, { count: 3 })
  await page.keyboard.press('Backspace')
  await page.type(selector, text)
}

async function choose(page: Page, label: string, value: string) {
  await page.select(await control(page, label), value)
}

async function toast(page: Page, text: string) {
  await page.waitForFunction(
    (part) => [...document.querySelectorAll('.toast')].some((one) => one.textContent?.includes(part)),
    {},
    text,
  )
}

const texts = (page: Page, selector: string) =>
  page.$$eval(selector, (elements) => elements.map((element) => element.textContent))
const textOf = async (page: Page, selector: string) => (await texts(page, selector))[0]
