import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'puppeteer-core'
import { runCli, startServing } from '../../support/run-cli.ts'

const ROOT = join(import.meta.dirname, '../../..')
const CONTENT = ['metrics', 'models', 'dashboards', 'alerts', 'metrics.config.ts']

/** A page of twelve widgets, of the kinds that people look at most. */
const TWELVE = `version: 1
dashboards:
  - name: twelve
    title: Twelve widgets
    path: /twelve
    order: 99
    range: 30d
    compare: previous_period
    rows:
      - widgets:
          - { type: kpi, metric: total_sessions, sparkline: day, width: 3 }
          - { type: kpi, metric: success_rate, sparkline: day, width: 3 }
          - { type: kpi, metric: total_spend, sparkline: day, width: 3 }
          - { type: kpi, metric: active_users, sparkline: day, width: 3 }
          - { type: line, metrics: [total_sessions, active_users], grain: day, width: 6 }
          - { type: area, metric: total_sessions, by: team, grain: day, width: 6 }
          - { type: bar, metric: total_sessions, by: team, width: 6 }
          - { type: donut, metric: total_sessions, by: status, width: 6 }
          - { type: heatmap, metric: total_sessions, width: 6 }
          - { type: gauge, metric: success_rate, target: 0.9, width: 6 }
          - { type: line, metrics: [total_spend], grain: day, width: 6 }
          - { type: table, dimensions: [team], metrics: [total_sessions, active_users, success_rate], width: 6 }
`

export interface DemoServer {
  readonly url: string
  readonly dir: string
  readonly key: string
  readonly stop: () => Promise<void>
  /** Stops for a while; `resume` tells the new address. */
  readonly pause: () => Promise<void>
  readonly resume: () => Promise<string>
}

/** The shipped project with its full demo, served as it is for people. `BENCH_PROJECT` is a folder to keep it in. */
export async function serveDemo(): Promise<DemoServer> {
  const kept = process.env.BENCH_PROJECT
  const dir = kept ?? mkdtempSync(join(tmpdir(), 'bench-web-'))
  await makeProject(dir)
  let server = await startServing(['serve', '--project', dir, '--port', '0'])
  const { stdout } = await runCli([
    ...['keys', 'create', '--org', 'acme', '--role', 'admin', '--project', dir],
    ...['--scope', 'query', 'ingest', 'admin'],
  ])
  const stop = async () => {
    await server.stop()
    if (kept === undefined) rmSync(dir, { recursive: true, force: true })
  }
  const pause = async () => void (await server.stop())
  const resume = async () => {
    server = await startServing(['serve', '--project', dir, '--port', '0'])
    return server.url
  }
  return { url: server.url, dir, key: stdout.trim().split('\n')[0] ?? '', stop, pause, resume }
}

async function makeProject(dir: string) {
  mkdirSync(dir, { recursive: true })
  for (const name of CONTENT) cpSync(join(ROOT, name), join(dir, name), { recursive: true })
  writeFileSync(join(dir, 'dashboards/twelve.yml'), TWELVE)
  if (existsSync(join(dir, 'warehouse.duckdb'))) return
  const { code, stderr } = await runCli(['demo', '--project', dir])
  if (code !== 0) throw new Error(stderr)
}

/** A person of their own in the browser, signed in, with nothing in the cache. */
export async function signIn(browser: Browser, server: DemoServer): Promise<BrowserContext> {
  const context = await browser.createBrowserContext()
  const { hostname } = new URL(server.url)
  await context.setCookie({ name: 'am_session', value: await sessionOf(server), domain: hostname, path: '/' } as never)
  return context
}

/** Signs in with a key as people do, for the cookie of the session. */
async function sessionOf({ url, key }: Pick<DemoServer, 'url' | 'key'>): Promise<string> {
  const body = new URLSearchParams({ key })
  const response = await fetch(`${url}/sign-in`, { method: 'POST', body, redirect: 'manual' })
  const cookie = /am_session=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1]
  if (cookie === undefined) throw new Error(`Signing in gave ${response.status}.`)
  return cookie
}
