import { once } from 'node:events'
import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'csv-parse'
import { readSeries, type ScoredPoint, scoreSeries } from '../../../runtime/alerts/index.ts'
import { fail } from '../../../runtime/diagnostics/index.ts'
import { wrongOption } from '../../caller.ts'
import { type Call, textOption } from '../../command.ts'

/** Scores a series of CSV point by point, as it is read. */
export async function score({ options, out }: Call): Promise<number> {
  const file = textOption(options, 'series')
  if (file === undefined)
    throw wrongOption('Which series?', 'metrics alerts score --series FILE; - reads standard input.')
  const notes = { disordered: 0, missing: 0 }
  const points = scoreSeries(readSeries(rowsOf(file), file), notes)
  const target = textOption(options, 'out')
  if (out.json) out.result(await gather(points))
  else if (target !== undefined) await write(points, resolve(target))
  else for await (const lines of linesOf(points)) out.print(lines)
  if (notes.missing > 0) out.note(`${notes.missing} points have no value; their score is 0.`)
  if (notes.disordered > 0)
    out.note(`${notes.disordered} points are older than the one above; they were taken in the order of the file.`)
  return 0
}

function rowsOf(file: string): AsyncIterable<readonly string[]> {
  if (file !== '-' && !(existsSync(file) && statSync(file).isFile()))
    fail('AM8032', `There is no file ${file}.`, { hint: 'Name a CSV file with the columns timestamp and value.' })
  const input = file === '-' ? process.stdin : createReadStream(file)
  return input.pipe(parse({ bom: true, relax_column_count: true, skip_empty_lines: true, delimiter: [',', ';', '\t'] }))
}

async function gather(points: AsyncIterable<ScoredPoint>) {
  const scored: { timestamp: string; value: number | null; score: number }[] = []
  for await (const { number, score, timestamp } of points)
    scored.push({ timestamp, value: number, score: rounded(score) })
  return scored
}

const CHUNK = 1000

async function* linesOf(points: AsyncIterable<ScoredPoint>): AsyncGenerator<string> {
  let lines = ['timestamp,value,score']
  for await (const { score, timestamp, value } of points) {
    lines.push(`${quoted(timestamp)},${value},${rounded(score)}`)
    if (lines.length < CHUNK) continue
    yield lines.join('\n')
    lines = []
  }
  if (lines.length > 0) yield lines.join('\n')
}

const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const rounded = (score: number) => Math.round(score * 1e6) / 1e6

async function write(points: AsyncIterable<ScoredPoint>, file: string) {
  const output = createWriteStream(file)
  for await (const lines of linesOf(points)) {
    if (!output.write(`${lines}\n`)) await once(output, 'drain')
  }
  output.end()
  await once(output, 'finish')
}
