import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type CompletionItem,
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'
import { LAUNCHER } from './support/run-cli.ts'
import { sampleProject } from './support/sample-project.ts'

const project = sampleProject()
const uriOf = (file: string) => pathToFileURL(join(project.dir, file)).href
let child: ChildProcess
let editor: ProtocolConnection
const shown = new Map<string, Diagnostic[]>()
const waiting: { uri: string; until: (list: Diagnostic[]) => boolean; resolve: (list: Diagnostic[]) => void }[] = []

beforeAll(async () => {
  child = spawn(process.execPath, [LAUNCHER, 'lsp', '--stdio', '--project', project.dir], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  if (child.stdout === null || child.stdin === null) throw new Error('The server has no pipes.')
  editor = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin))
  editor.onNotification(
    'textDocument/publishDiagnostics',
    ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => {
      shown.set(uri, diagnostics)
      for (const wait of waiting) if (wait.uri === uri && wait.until(diagnostics)) wait.resolve(diagnostics)
    },
  )
  editor.listen()
  await editor.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} })
  await editor.sendNotification('initialized', {})
}, 180_000)
afterAll(async () => {
  await editor.sendRequest('shutdown')
  await editor.sendNotification('exit')
  await new Promise((resolve) => child.on('close', resolve))
  project.remove()
})

/** Opens a text in the editor, `|` in it standing for the cursor. */
let version = 1
async function write(file: string, marked: string) {
  const text = marked.replace('|', '')
  version += 1
  await editor.sendNotification('textDocument/didOpen', {
    textDocument: { uri: uriOf(file), languageId: 'yaml', version, text },
  })
  const before = marked.slice(0, Math.max(0, marked.indexOf('|')))
  const position = { line: before.split('\n').length - 1, character: before.length - (before.lastIndexOf('\n') + 1) }
  return { textDocument: { uri: uriOf(file) }, position }
}
const close = (file: string) => editor.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(file) } })
const diagnosticsOf = (file: string, until: (list: Diagnostic[]) => boolean) =>
  new Promise<Diagnostic[]>((resolve) => waiting.push({ uri: uriOf(file), until, resolve }))
const page = (widget: string) => `version: 1
dashboards:
  - name: more
    title: More
    rows:
      - widgets:
          - ${widget}
`
async function labelsAt(widget: string) {
  const place = await write('dashboards/more.yml', page(widget))
  const items = await editor.sendRequest<CompletionItem[]>('textDocument/completion', place)
  return items.map(({ label }) => label)
}

test('a mistake is shown while it is typed, with a fix, and goes when it is mended', async () => {
  const appears = diagnosticsOf('dashboards/more.yml', (list) => list.length > 0)
  await write('dashboards/more.yml', page('{ type: kpi, metric: revenu }'))
  const [problem] = await appears
  expect(problem).toMatchObject({
    code: 'AM1302',
    range: { start: { line: 6, character: 33 }, end: { line: 6, character: 39 } },
  })
  const fixes = await editor.sendRequest<{ edit: object }[]>('textDocument/codeAction', {
    textDocument: { uri: uriOf('dashboards/more.yml') },
    range: problem?.range,
    context: { diagnostics: [problem] },
  })
  expect(fixes[0]?.edit).toEqual({
    changes: { [uriOf('dashboards/more.yml')]: [{ range: problem?.range, newText: 'revenue' }] },
  })
  const goes = diagnosticsOf('dashboards/more.yml', (list) => list.length === 0)
  await write('dashboards/more.yml', page('{ type: kpi, metric: revenue }'))
  expect(await goes).toEqual([])
})

test('names are completed with those that are valid there', async () => {
  expect(await labelsAt('{ type: kpi, metric: | }')).toEqual(['order_count', 'paid_count', 'paid_rate', 'revenue'])
  expect(await labelsAt('{ type: bar, metric: revenue, by: | }')).toEqual(expect.arrayContaining(['team', 'status']))
  expect(await labelsAt('{ type: bar, metric: revenue, by: | }')).not.toContain('revenue')
  expect(await labelsAt(`{ type: bar, metric: revenue, where: "{|" }`)).toContain('status')
  expect(await labelsAt('{ type: line, metrics: [revenue, |] }')).toContain('paid_count')
  expect(await labelsAt('{ type: kpi, title: | }')).toEqual([])
  const inBlock = 'type: table\n            metrics: [revenue]\n            dimensions:\n              - |'
  expect(await labelsAt(inBlock)).toContain('team')
  await close('dashboards/more.yml')
})

test('hovering over a metric tells what it means and its SQL', async () => {
  const text = readFileSync(join(project.dir, 'metrics/orders.yml'), 'utf8').replace(
    'numerator: paid_count',
    'numerator: paid_|count',
  )
  const place = await write('metrics/orders.yml', text)
  const hover = await editor.sendRequest<{ contents: { value: string } }>('textDocument/hover', place)
  expect(hover.contents.value).toContain('**Paid count** · simple metric')
  expect(hover.contents.value).toContain("count(*) where {status} = 'paid'")
  expect(hover.contents.value).toContain('SELECT')
})

test('a name leads to its declaration and to all places that use it', async () => {
  const place = await write(
    'dashboards/shop.yml',
    readFileSync(join(project.dir, 'dashboards/shop.yml'), 'utf8').replace('metric: revenue', 'metric: rev|enue'),
  )
  const declared = await editor.sendRequest<{ uri: string; range: { start: { line: number; character: number } } }>(
    'textDocument/definition',
    place,
  )
  const line =
    readFileSync(join(project.dir, 'metrics/orders.yml'), 'utf8').split('\n')[declared.range.start.line] ?? ''
  expect(declared.uri).toBe(uriOf('metrics/orders.yml'))
  expect(line.slice(declared.range.start.character)).toMatch(/^revenue, agg: sum/)
  const uses = await editor.sendRequest<{ uri: string }[]>('textDocument/references', {
    ...place,
    context: { includeDeclaration: true },
  })
  expect(uses.map(({ uri }) => uri).sort()).toEqual([uriOf('dashboards/shop.yml'), uriOf('metrics/orders.yml')])
})

test('a rename edits every file, and is refused with a reason', async () => {
  const place = await write(
    'dashboards/shop.yml',
    readFileSync(join(project.dir, 'dashboards/shop.yml'), 'utf8').replace('metric: revenue', 'metric: rev|enue'),
  )
  const edit = await editor.sendRequest<{ changes: Record<string, { newText: string }[]> }>('textDocument/rename', {
    ...place,
    newName: 'turnover',
  })
  expect(Object.keys(edit.changes).sort()).toEqual([uriOf('dashboards/shop.yml'), uriOf('metrics/orders.yml')])
  expect(edit.changes[uriOf('dashboards/shop.yml')]).toMatchObject([{ newText: 'turnover' }])
  await expect(editor.sendRequest('textDocument/rename', { ...place, newName: 'paid_rate' })).rejects.toThrow('AM6123')
})
