import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createBrowserPool } from '../../runtime/reports/index.ts'
import { canBrowse } from '../support/browser.ts'

it.skipIf(!canBrowse)(
  'a browser that has printed enough is closed, and none outlives the pool',
  async () => {
    const before = browsers()
    const pool = createBrowserPool({ lifetime: 2 })
    for (let index = 0; index < 5; index += 1) await pool.withPage((page) => page.setContent('<p>A report</p>'))
    await expect.poll(browsers, { timeout: 20_000 }).toBe(before + 1)
    await Promise.all([1, 2, 3, 4, 5].map(() => pool.withPage((page) => page.setContent('<p>Another</p>'))))
    await pool.close()
    await expect.poll(browsers, { timeout: 20_000 }).toBe(before)
  },
  60_000,
)

/** Children of this process that are Chromium, as Linux tells. */
const browsers = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => /\((chrom[^)]*)\) \S+ (\d+)/.exec(statOf(pid)))
    .filter((found) => found?.[2] === String(process.pid)).length

function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return ''
  }
}
