import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { canBrowse } from '../support/browser.ts'
import { drawn, openDemo } from '../support/demo-site.ts'
import { canReadPdf, pdfText } from '../support/pdf-text.ts'
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

  test('people are told of to nobody but those who may know them', async () => {
    const people = await peopleOf()
    expect(people.length).toBeGreaterThan(200)
    const admin = await tellsOfPeople('admin', people)
    expect(admin).toEqual(expect.arrayContaining(['usage', 'records/sessions', 'an answer on usage']))
    expect(admin.filter((where) => where.startsWith('/')).length).toBeGreaterThanOrEqual(4)
    // A manager sees those of the teams they manage; this one manages none.
    for (const role of ['viewer', 'manager']) expect(await tellsOfPeople(role, people), role).toEqual([])
  }, 120_000)

  test.skipIf(!canReadPdf)(
    'files tell of people to nobody but those who may know them',
    async () => {
      const admin = await filesOf('admin')
      const people = await peopleOf()
      const tells = (files: Readonly<Record<string, string>>) =>
        Object.keys(files).filter((name) => people.some((person) => files[name]?.includes(person)))
      expect(tells(admin)).toEqual(expect.arrayContaining(['dashboards/usage/pdf', 'dashboards/teams/pdf']))
      for (const role of ['viewer', 'manager']) {
        const files = await filesOf(role)
        expect(tells(files), role).toEqual([])
        expect(Object.values(files).every((text) => text.length > 0)).toBe(true)
      }
    },
    180_000,
  )
})

/** Names and addresses of all who have sessions. */
async function peopleOf(): Promise<readonly string[]> {
  const authorization = `Bearer ${await demo.keyOf({ role: 'admin' })}`
  const headers = { authorization, 'content-type': 'application/json' }
  const query = JSON.stringify({ metrics: ['total_sessions'], by: ['user_name', 'user_email'], limit: 500 })
  const answer = await fetch(`${demo.url}/api/v1/query`, { method: 'POST', headers, body: query })
  const { rows } = (await answer.json()) as { rows: readonly { user_name: string; user_email: string }[] }
  return rows.flatMap(({ user_name, user_email }) => [user_name, user_email])
}

/** What somebody of a role can download, as text: printed pages, and every report in every form that has text. */
async function filesOf(role: string): Promise<Readonly<Record<string, string>>> {
  const headers = { authorization: `Bearer ${await demo.keyOf({ role })}` }
  const get = async (path: string) => {
    const answer = await fetch(`${demo.url}/api/v1/${path}`, { headers })
    const content = new Uint8Array(await answer.arrayBuffer())
    expect(answer.status, `${role} ${path} ${new TextDecoder().decode(content.slice(0, 300))}`).toBe(200)
    return path.endsWith('pdf') ? pdfText(content).join('\n') : new TextDecoder().decode(content)
  }
  const { reports } = JSON.parse(await get('reports')) as { reports: readonly { name: string }[] }
  const printed = ['usage', 'teams', 'security'].map((name) => `dashboards/${name}/pdf`)
  const rendered = reports.flatMap(({ name }) => ['html', 'csv'].map((form) => `reports/${name}/render?format=${form}`))
  const files: Record<string, string> = {}
  for (const path of [...printed, ...rendered]) files[path] = await get(path)
  return files
}

/** Where names of people could come up: pages, lists and breakdowns. */
const PLACES = [
  'usage',
  'security',
  'teams',
  'records/sessions',
  'breakdown/sessions/organisation?metrics=total_sessions',
  'explore?metrics=total_sessions&by=user_name',
]

/** Every request of ours that could tell of them, by what it asks. */
const QUESTIONS: readonly (readonly [string, object?])[] = [
  ['/api/v1/query', { metrics: ['total_sessions'], by: ['user_name'] }],
  ['/api/v1/query', { metrics: ['total_spend'], by: ['team', 'users.user_email'] }],
  ['/api/v1/query', { by: ['sessions.session_id', 'users.user_name'], limit: 50 }],
  [
    '/cubejs-api/v1/load',
    { query: { measures: ['sessions.total_sessions'], dimensions: ['sessions.users__user_name'] } },
  ],
  ['/cubejs-api/v1/load', { query: { dimensions: ['users.user_email'], limit: 50 } }],
  ['/cubejs-api/graphql', { query: '{ cube { users { user_name } } }' }],
  ['/api/v1/query?metrics=total_sessions&by=user_name'],
  ['/api/v1/project'],
  ['/api/v1/users'],
  ['/api/v1/audit'],
  ['/api/v1/alerts'],
  ['/api/v1/catalogue'],
  ['/cubejs-api/v1/meta'],
]

/** Where somebody of a role is told of people: on pages, in what these load, and by asking. */
async function tellsOfPeople(role: string, people: readonly string[]): Promise<readonly string[]> {
  const told = new Set<string>()
  const look = (where: string, text: string) => {
    if (people.some((name) => text.includes(name))) told.add(where)
  }
  const headers = { authorization: `Bearer ${await demo.keyOf({ role })}`, 'content-type': 'application/json' }
  for (const [path, body] of QUESTIONS) {
    const asked = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) }
    look(`${path} ${JSON.stringify(body)}`, await (await fetch(demo.url + path, asked)).text())
  }
  const { page } = await demo.signIn({ role })
  await page.evaluateOnNewDocument(keepAnswers)
  for (const place of PLACES) {
    await show(page, place, 1440)
    look(place, await page.evaluate(() => document.body.textContent))
    look(`an answer on ${place}`, await page.evaluate(async () => (await Promise.all(window.answers)).join('\n')))
  }
  return [...told]
}

declare global {
  interface Window {
    answers: Promise<string>[]
  }
}

/** Runs in the page before its own code: every answer to it is kept, whatever the page makes of it. */
function keepAnswers() {
  window.answers = []
  const original = window.fetch
  window.fetch = async (...asked) => {
    const response = await original(...asked)
    const url = new URL(response.url)
    if (url.pathname.startsWith('/api/v1/query')) {
      // One that the page gives up tells it nothing either.
      window.answers.push(
        response
          .clone()
          .text()
          .catch(() => ''),
      )
    }
    return response
  }
}

async function show(page: Page, path: string, width: number) {
  await page.setViewport({ width, height: WHOLE })
  await page.goto(`${demo.url}/${path}`)
  await settled(page)
}

/** What a person would wonder about: figures that are none, or with far too many digits. */
const oddTexts = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter(({ children }) => children.length === 0)
      .map(({ textContent }) => textContent ?? '')
      .filter((text) => /NaN|undefined|Infinity|\[object|\d\.\d{5,}/.test(text)),
  )
