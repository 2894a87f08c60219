import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'puppeteer-core'
import { openBrowser } from '../../support/browser.ts'
import { percentile } from '../timing.ts'
import { type DemoServer, serveDemo, signIn } from './demo-server.ts'
import { changeData } from './live-data.ts'
import { addProbe, type Noted, notedOf, timeOfChange } from './probe.ts'

const LOADS = Number(process.env.BENCH_LOADS ?? 20)

/** What people wait for: the first page, a filter, a refresh; in headless Chromium on this machine. */
export async function benchWeb() {
  const server = await serveDemo()
  const browser = await openBrowser()
  try {
    const open = () => openPage(browser, server)
    await (await open()).load('/overview')
    return {
      loads: LOADS,
      firstVisitMs: await measureLoads(open, '/overview', false),
      nextVisitMs: await measureLoads(open, '/overview', true),
      twelveWidgetsMs: await measureLoads(open, '/twelve', true),
      filterMs: await measureFilters(open),
      refreshMs: await measureRefresh(open, server),
      bundleKb: bundleSizes(),
    }
  } finally {
    await browser.close()
    await server.stop()
  }
}

interface Tab {
  readonly page: Page
  readonly load: (path: string) => Promise<Noted>
  readonly close: () => Promise<void>
}

async function openPage(browser: Browser, server: DemoServer): Promise<Tab> {
  const context = await signIn(browser, server)
  const page = await context.newPage()
  await page.setViewport({ width: 1440, height: 900 })
  await addProbe(page)
  const load = async (path: string) => {
    await page.goto(server.url + path)
    return notedOf(page)
  }
  return { page, load, close: () => context.close() }
}

type Open = () => Promise<Tab>

async function measureLoads(open: Open, path: string, again: boolean) {
  const noted: Noted[] = []
  for (let at = 0; at < LOADS; at += 1) {
    const tab = await open()
    const first = await tab.load(path)
    noted.push(again ? await tab.load(path) : first)
    await tab.close()
  }
  return {
    fcp: quantiles(noted.map(({ fcp }) => fcp)),
    lcp: quantiles(noted.map(({ lcp }) => lcp)),
    lastWidget: quantiles(noted.map(({ drawn }) => drawn)),
    blocked: quantiles(noted.map(({ blocked }) => blocked)),
    layoutShift:
      percentile(
        noted.map(({ shift }) => shift * 1000),
        1,
      ) / 1000,
  }
}

/** Ranges that nobody chose before, then the same ones by somebody else: the server knows their answers. */
async function measureFilters(open: Open) {
  const [asked, known]: [number[], number[]] = [[], []]
  for (const times of [asked, known]) {
    // Only the tab in front draws.
    const tab = await open()
    await tab.load('/overview')
    for (let at = 0; at < LOADS; at += 1) times.push(await filterTo(tab.page, at))
    await tab.close()
  }
  return { nobodyAskedBefore: quantiles(asked), somebodyAskedBefore: quantiles(known) }
}

/** Goes to a range of its own each time, as a preset would, so that nothing is in the page's own memory. */
function filterTo(page: Page, at: number): Promise<number> {
  const to = new Date(Date.now() - at * 86_400_000).toISOString().slice(0, 10)
  const from = new Date(Date.now() - (at + 20) * 86_400_000).toISOString().slice(0, 10)
  return timeOfChange(page, `?from=${from}&to=${to}`)
}

/** From the news that the data changed until the last widget shows it. */
async function measureRefresh(open: Open, server: DemoServer) {
  const tab = await open()
  await tab.load('/twelve')
  const times: number[] = []
  for (let at = 0; at < LOADS; at += 1) {
    const before = Number(await tab.page.evaluate('bench.news'))
    await changeData(server)
    await tab.page.waitForFunction(`bench.news > ${before}`, { timeout: 30_000, polling: 20 })
    times.push(Number(await tab.page.evaluate('bench.settled(bench.refreshed)')))
  }
  await tab.close()
  return quantiles(times)
}

const quantiles = (values: readonly number[]) => ({ p50: percentile(values, 0.5), p95: percentile(values, 0.95) })

/** Kilobytes of JavaScript, gzipped: what the first page needs, and each chunk that comes when needed. */
export function bundleSizes(dir = join(import.meta.dirname, '../../../web/dist')) {
  const html = readFileSync(join(dir, 'index.html'), 'utf8')
  const needed = new Set([...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file ?? ''))
  const files = readdirSync(join(dir, 'assets')).filter((name) => name.endsWith('.js'))
  const sizes = files.map((name) => ({ name, kb: gzipSync(readFileSync(join(dir, 'assets', name))).length / 1000 }))
  const first = sizes.filter(({ name }) => needed.has(`assets/${name}`)).reduce((sum, { kb }) => sum + kb, 0)
  const later = sizes.filter(({ name }) => !needed.has(`assets/${name}`))
  return {
    firstPage: Math.round(first),
    chunks: Object.fromEntries(later.map(({ name, kb }) => [name.replace(/-[\w-]{8}\.js$/, ''), Math.round(kb)])),
  }
}
