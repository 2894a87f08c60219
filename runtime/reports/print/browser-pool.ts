import type { Browser, Page } from 'puppeteer'
import { findBrowser } from './find-browser.ts'

/** One browser that prints; started when it is needed, and replaced before it grows. */
export interface BrowserPool {
  /** Gives a page of its own to the work, and closes it after. */
  withPage<T>(work: (page: Page) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface BrowserPoolOptions {
  readonly executablePath?: () => string
  /** Pages at a time. */
  readonly pages?: number
  /** Pages after which a browser is replaced. */
  readonly lifetime?: number
  /** Milliseconds without work after which it is closed. */
  readonly idle?: number
}

interface Running {
  readonly browser: Promise<Browser>
  served: number
  open: number
}

const ARGUMENTS = [
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--font-render-hinting=none',
]

export function createBrowserPool(options: BrowserPoolOptions = {}): BrowserPool {
  const { executablePath = findBrowser, idle = 60_000, lifetime = 25, pages = 2 } = options
  const waiting: (() => void)[] = []
  const closing = new Set<Promise<void>>()
  let running: Running | undefined
  let busy = 0
  let timer: NodeJS.Timeout | undefined

  const take = async () => {
    if (busy >= pages) await new Promise<void>((resolve) => waiting.push(resolve))
    else busy += 1
  }
  const give = () => {
    const next = waiting.shift()
    if (next === undefined) busy -= 1
    else next()
  }
  const retire = (old: Running) => {
    if (running === old) running = undefined
    const done = old.browser.then((browser) => browser.close()).catch(() => undefined)
    closing.add(done)
    return done.finally(() => closing.delete(done))
  }
  const current = (): Running => {
    if (running !== undefined && running.served >= lifetime) {
      const old = running
      running = undefined
      // One that still prints is closed by its last page.
      if (old.open === 0) void retire(old)
    }
    running ??= { browser: launch(executablePath()), served: 0, open: 0 }
    return running
  }
  return {
    withPage: async (work) => {
      await take()
      clearTimeout(timer)
      let own: Running | undefined
      try {
        own = current()
        own.served += 1
        own.open += 1
        const browser = await own.browser
        const page = await browser.newPage()
        try {
          return await work(page)
        } finally {
          // A page that hangs does not answer; its browser is closed below.
          await Promise.race([page.close().catch(() => undefined), pause(2_000)])
        }
      } catch (error) {
        if (own !== undefined && running === own) running = undefined
        throw error
      } finally {
        if (own !== undefined) {
          own.open -= 1
          if (own.open === 0 && own !== running) void retire(own)
        }
        give()
        const last = running
        timer = setTimeout(() => last !== undefined && last.open === 0 && void retire(last), idle)
        timer.unref()
      }
    },
    close: async () => {
      clearTimeout(timer)
      if (running !== undefined) await retire(running)
      await Promise.all(closing)
    },
  }
}

async function launch(executablePath: string): Promise<Browser> {
  const { launch: start } = await import('puppeteer')
  // Root, as in containers, has no user namespace to build the sandbox in.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return start({
    executablePath,
    args: [...ARGUMENTS, ...sandbox],
    timeout: 30_000,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
}

const pause = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms).unref())
