import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, resolve } from 'node:path'
import { type Backtest, chartPage, svgChart, textChart } from '../../../runtime/alerts/index.ts'
import { wrongOption } from '../../caller.ts'
import { type Call, textOption } from '../../command.ts'
import { openAlerts } from './alerts-host.ts'

const DAY = 86_400_000

/** Says when an alert would have fired, and draws it. */
export async function backtest(call: Call): Promise<number> {
  const { args, options, out } = call
  const name = args[1]
  if (name === undefined)
    throw wrongOption('Which alert?', 'metrics alerts backtest NAME --from 2026-03-01 --to 2026-03-31')
  const target = textOption(options, 'out')
  const kind = target === undefined ? undefined : extname(target)
  if (kind !== undefined && !['.html', '.svg', '.png'].includes(kind))
    throw wrongOption(`--out ends in .html, .svg or .png, not '${kind}'.`)
  const to = dateOf(textOption(options, 'to'), 'to') ?? new Date()
  const from = dateOf(textOption(options, 'from'), 'from') ?? new Date(to.getTime() - 30 * DAY)
  if (from >= to) throw wrongOption('--from comes before --to.')
  const host = await openAlerts(call)
  try {
    const tests: Backtest[] = []
    for (const org of await host.tenants()) tests.push(await host.backtest(org, name, from, to))
    if (target !== undefined) await write(tests, resolve(target))
    if (out.json) out.result({ backtests: tests.map(summaryOf) })
    else for (const test of tests) show(test, call)
    if (target !== undefined) out.note(`Wrote ${target}.`)
    return 0
  } finally {
    await host.close()
  }
}

function dateOf(text: string | undefined, key: string): Date | undefined {
  if (text === undefined) return undefined
  const date = new Date(key === 'to' && text.length === 10 ? `${text}T23:59:59.999Z` : text)
  if (Number.isNaN(date.getTime()))
    throw wrongOption(`--${key} is a day or an instant, not '${text}'.`, 'For example: 2026-03-31')
  return date
}

function show(test: Backtest, { out }: Call) {
  const { colors, print } = out
  print(`${colors.bold(`${test.title}${test.org === null ? '' : ` · ${test.org}`}`)} ${colors.dim(test.condition)}`)
  print(textChart(test, out.width))
  for (const { from, to, why } of test.episodes.slice(0, 20))
    print(`  ${minute(from)} to ${to === null ? 'the end' : minute(to)}  ${why}`)
  print(
    test.episodes.length === 0 ? '  It would not have fired.' : `  It would have fired ${test.episodes.length} times.`,
  )
}

const minute = (date: Date) => date.toISOString().slice(0, 16).replace('T', ' ')

/** Every change of state, but not every check. */
function summaryOf({ changes, checks, condition, episodes, from, name, org, to }: Backtest) {
  const transitions = changes.map(({ at, from: before, instance, to: after }) => ({
    at: new Date(at).toISOString(),
    from: before,
    to: after,
    labels: instance.labels,
    value: instance.value,
    text: instance.detail.text,
  }))
  return { name, org, condition, from, to, checks, episodes, transitions }
}

async function write(tests: readonly Backtest[], file: string) {
  if (file.endsWith('.html')) return writeFileSync(file, chartPage(tests))
  const [first] = tests
  if (first === undefined) throw wrongOption('There is no tenant to draw.')
  if (tests.length > 1) throw wrongOption('A picture shows one tenant.', `Add --org ${first.org}, or write HTML.`)
  writeFileSync(file, file.endsWith('.svg') ? svgChart(first) : await toPng(svgChart(first)))
}

async function toPng(svg: string): Promise<Uint8Array> {
  const { initWasm, Resvg } = await import('@resvg/resvg-wasm')
  await initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')))
  const { fontFiles } = await import('./fonts.ts')
  const buffers = fontFiles().map((path) => readFileSync(path))
  return new Resvg(svg, {
    font: { fontBuffers: buffers, defaultFontFamily: 'DejaVu Sans' },
    fitTo: { mode: 'zoom', value: 2 },
  })
    .render()
    .asPng()
}
