import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fail } from '../../diagnostics/index.ts'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** The browser of the system that prints: what CHROME_PATH names, or one in the usual places. */
export function findBrowser(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const named = env.CHROME_PATH ?? env.PUPPETEER_EXECUTABLE_PATH
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named
    return fail('AM8011', `CHROME_PATH names ${named}, and there is no such file.`, {
      hint: 'Let it name Chromium or Chrome.',
    })
  }
  const places =
    env.PROGRAMFILES === undefined
      ? PLACES
      : [...PLACES, join(env.PROGRAMFILES, 'Google/Chrome/Application/chrome.exe')]
  const found = places.find((place) => existsSync(place))
  if (found !== undefined) return found
  return fail('AM8011', 'PDF files are printed by Chromium, and there is none on this machine.', {
    hint: 'Install it (Debian: apt-get install chromium) or set CHROME_PATH. HTML, CSV and XLSX need no browser.',
  })
}
