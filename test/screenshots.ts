import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { drawn, openDemo } from './support/demo-site.ts'
import { toPalettePng } from './support/palette-png.ts'

const OUT = join(import.meta.dirname, '../docs/screenshots')
const WIDTH = 1440
const PAGES = {
  overview: '/overview',
  usage: '/usage',
  performance: '/performance',
  costs: '/costs',
  security: '/security',
  teams: '/teams',
  sessions: '/records/sessions',
  profile: '/settings/profile',
  alerts: '/settings/alerts',
  reports: '/settings/reports',
  keys: '/settings/keys',
  sources: '/settings/sources',
  audit: '/settings/audit',
}

/** Pictures of every page in both themes, with thirteen months of the demo. */
const demo = await openDemo({ days: Number(process.argv[2] ?? 396) })
mkdirSync(OUT, { recursive: true })
const { page } = await demo.signIn({ role: 'admin', width: WIDTH })
for (const theme of ['light', 'dark']) {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
  for (const [name, path] of Object.entries(PAGES)) {
    await page.setViewport({ width: WIDTH, height: 900 })
    await page.goto(demo.url + path)
    await drawn(page)
    await save(`${name}-${theme}`)
  }
  await openSession(page)
  await save(`session-${theme}`)
}
await demo.close()

async function save(name: string) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  // Lists go on for long; dashboards are shown whole.
  const most = (await page.$('.row')) === null ? 1400 : height
  await page.setViewport({ width: WIDTH, height: Math.max(900, Math.min(height, most)) })
  await new Promise((resolve) => setTimeout(resolve, 500))
  await drawn(page)
  const png = toPalettePng(Buffer.from(await page.screenshot({ type: 'png' })))
  writeFileSync(join(OUT, `${name}.png`), png)
  process.stdout.write(`${name}.png ${Math.round(png.length / 1024)} kB\n`)
}

/** The trace of the last session of an agent that failed: it has steps. */
async function openSession(page: Page) {
  await page.setViewport({ width: WIDTH, height: 900 })
  await page.goto(`${demo.url}/records/sessions?metric=failed_sessions`)
  await drawn(page)
  await page.evaluate(() => {
    const rows = [...document.querySelectorAll('tbody tr')]
    const row = rows.find((one) => [...one.querySelectorAll('td')].some((cell) => cell.textContent === 'Agent'))
    row?.querySelector('a')?.click()
  })
  await page.waitForSelector('.steps')
  await page.click('.step summary')
}
