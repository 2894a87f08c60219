import type { Page } from 'puppeteer-core'

/** What a page noted about itself: see `PROBE`. */
export interface Noted {
  readonly fcp: number
  readonly lcp: number
  readonly shift: number
  /** When the last widget was drawn, since the page was asked for. */
  readonly drawn: number
  readonly blocked: number
}

/**
 * Runs in the page before anything else. `settled(since)` resolves with the time from then until the frame after which
 * no card was loading and nothing was drawn for 250 ms; after twenty seconds it gives up waiting.
 */
const PROBE = `
  const bench = (globalThis.bench = { lcp: 0, shift: 0, blocked: 0, changed: 0, news: 0, refreshed: 0, queries: [] })
  const observe = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true })
  observe('largest-contentful-paint', (entry) => { bench.lcp = entry.startTime })
  observe('layout-shift', (entry) => { if (!entry.hadRecentInput) bench.shift += entry.value })
  observe('longtask', (entry) => { bench.blocked += entry.duration - 50 })
  const watch = () => new MutationObserver((list) => {
    if (list.some(({ target }) => (target.nodeType === 1 ? target : target.parentElement)?.closest('.page .card, .page:empty'))) bench.changed = performance.now()
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  watch()
  const isBusy = () => document.querySelector('.page .card') === null ||
    document.querySelector('.page .skeleton, .page .card[aria-busy=true], .page .widget-waiting') !== null
  bench.settled = (since) => new Promise((resolve) => {
    bench.changed = Math.max(bench.changed, since)
    const look = () => {
      const now = performance.now()
      if (now - since < 20_000 && (isBusy() || now - bench.changed < 250)) { bench.idle = 0; return requestAnimationFrame(look) }
      resolve(bench.changed - since)
    }
    requestAnimationFrame(look)
  })
  const plain = fetch
  let data
  globalThis.fetch = async (input, init) => {
    if (init?.method === 'POST' && String(input).endsWith('/query')) bench.queries.push(init.body)
    const response = await plain(input, init)
    if (String(input).endsWith('/freshness')) {
      const body = await response.clone().json()
      if (data !== undefined && data !== body.data) { bench.news += 1; bench.refreshed = performance.now() }
      data = body.data
    }
    return response
  }
`

export const addProbe = (page: Page) => page.evaluateOnNewDocument(PROBE)

/** Resolves when the page is drawn whole. */
export async function notedOf(page: Page): Promise<Noted> {
  const text = await page.evaluate(`bench.settled(0).then((drawn) => JSON.stringify({
    drawn, lcp: bench.lcp, shift: bench.shift, blocked: bench.blocked,
    fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  }))`)
  const noted = JSON.parse(String(text)) as Noted
  if (noted.drawn === 0) throw new Error(`Nothing was drawn on ${page.url()}.`)
  return noted
}

/** Changes what the address asks for, as filters do; resolves with the time until all is drawn. */
export async function timeOfChange(page: Page, search: string): Promise<number> {
  const time = Number(
    await page.evaluate(`(() => {
      const since = performance.now()
      history.pushState(null, '', location.pathname + ${JSON.stringify(search)})
      dispatchEvent(new PopStateEvent('popstate'))
      return bench.settled(since)
    })()`),
  )
  if (time === 0) throw new Error(`Nothing was drawn after ${search}.`)
  return time
}

/** The bodies of the queries that the page sent. */
export const queriesOf = async (page: Page): Promise<readonly string[]> =>
  JSON.parse(String(await page.evaluate('JSON.stringify(bench.queries)'))) as string[]
