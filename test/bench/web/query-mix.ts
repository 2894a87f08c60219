import { openBrowser } from '../../support/browser.ts'
import { type DemoServer, signIn } from './demo-server.ts'
import { addProbe, notedOf, queriesOf } from './probe.ts'

const PAGES = ['/overview', '/usage', '/performance', '/costs', '/security', '/teams']

/** The bodies of the queries that each shipped page sends when it opens, in a real browser. */
export async function queryMix(server: DemoServer): Promise<readonly string[]> {
  const browser = await openBrowser()
  try {
    const context = await signIn(browser, server)
    const page = await context.newPage()
    await addProbe(page)
    const bodies: string[] = []
    for (const path of PAGES) {
      await page.goto(server.url + path)
      await notedOf(page)
      bodies.push((await queriesOf(page)).reduce((a, b) => (b.length > a.length ? b : a), ''))
    }
    return bodies
  } finally {
    await browser.close()
  }
}
