import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openBrowser, openPage } from '../support/browser.ts'
import { runCli, startServing } from '../support/run-cli.ts'
import { sampleProject } from '../support/sample-project.ts'

const ROUNDS = 10

/** Milliseconds from saving a definition to its new label in the open page. */
export async function benchDev() {
  const project = sampleProject()
  await runCli(['build', '--project', project.dir])
  const server = await startServing(['dev', '--port', '0', '--project', project.dir])
  const browser = await openBrowser()
  try {
    const { page } = await openPage(browser)
    await page.goto(server.sign_in.find(({ org }) => org === 'x')?.url ?? server.url)
    await page.waitForSelector('.page')
    await page.goto(`${server.url}/shop?from=2025-03-01&to=2025-03-03`)
    await page.waitForFunction("document.querySelector('.kpi-value') !== null")
    // The stream of changes is opened once the page stands; it never ends, so the network is never idle.
    await sleep(2000)
    const path = join(project.dir, 'metrics/orders.yml')
    const text = readFileSync(path, 'utf8')
    const times: number[] = []
    for (let round = 1; round <= ROUNDS; round += 1) {
      const start = performance.now()
      writeFileSync(path, text.replace('sql: amount,', `sql: amount * ${round}, label: Takings ${round}.,`))
      await page.waitForFunction(`document.body.textContent?.includes('Takings ${round}.')`)
      times.push(Math.round(performance.now() - start))
    }
    times.sort((a, b) => a - b)
    return { edit_to_drawn_ms: { median: times[Math.floor(ROUNDS / 2)], max: times.at(-1) } }
  } finally {
    await browser.close()
    await server.stop()
    project.remove()
  }
}
