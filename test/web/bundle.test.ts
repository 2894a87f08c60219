import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
// @ts-expect-error It is plain JavaScript, for it runs before anything is built.
import { ensurePages } from '../../cli/build.js'

const DIST = join(import.meta.dirname, '../../web/dist')
const assets = () => readdirSync(join(DIST, 'assets'))
const read = (name: string) => readFileSync(join(DIST, name))

beforeAll(() => ensurePages())

test('the first page needs less than 250 kB of JavaScript, and no chart', () => {
  const html = read('index.html').toString()
  const needed = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file ?? '')
  expect(needed.length).toBeGreaterThan(0)
  const size = needed.reduce((sum, file) => sum + gzipSync(read(file)).length, 0)
  expect(size).toBeLessThan(250_000)
  expect(needed.filter((file) => /nivo|markdown/.test(file))).toEqual([])
})

test('charts, and pages that are no dashboards, come when they are needed', () => {
  const names = assets().join(' ')
  for (const chunk of ['nivo-bar', 'nivo-pie', 'nivo-map', 'nivo-funnel', 'settings', 'records-page']) {
    expect(names).toContain(`${chunk}-`)
  }
})

test('it is made for production, whoever makes it', () => {
  const code = assets()
    .filter((name) => name.endsWith('.js'))
    .map((name) => read(`assets/${name}`).toString())
  expect(
    code.filter(
      (text) => text.includes('react-dom-client.development') || text.includes('react.dev/link/react-devtools'),
    ),
  ).toEqual([])
})

test('every file is beside itself in compressed forms', () => {
  const files = [
    'index.html',
    ...assets()
      .filter((name) => /\.(js|css)$/.test(name))
      .map((name) => `assets/${name}`),
  ]
  for (const file of files.filter((name) => read(name).length >= 1000)) {
    expect([file, gunzipSync(read(`${file}.gz`)).equals(read(file))]).toEqual([file, true])
    expect([file, brotliDecompressSync(read(`${file}.br`)).equals(read(file))]).toEqual([file, true])
  }
})
