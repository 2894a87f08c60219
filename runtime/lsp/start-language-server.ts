import {
  type Connection,
  type Location,
  ResponseError,
  type TextDocumentPositionParams,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node'
import type { Manifest } from '../compiler/index.ts'
import type { DefinitionFile } from '../definitions/index.ts'
import { renderDiagnostics, UserError } from '../diagnostics/index.ts'
import { occurrencesIn, planRename, symbolAt, type Target } from '../rename/index.ts'
import { complete } from './complete/complete.ts'
import { completionContext } from './complete/completion-context.ts'
import { diagnosticsByFile, quickFixes } from './diagnostics.ts'
import { hoverText } from './hover-text.ts'
import { offsetAt, rangeOf } from './positions.ts'
import { createSqlPreview } from './sql-preview.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

/** Waits for a pause in typing. */
const PAUSE_MS = 120
const REQUEST_FAILED = -32803

/** Serves one editor over a connection until it says goodbye. */
export function startLanguageServer(connection: Connection, dir: string): Promise<void> {
  const workspace = openWorkspace(dir)
  const preview = createSqlPreview()
  const check = createChecker(connection, workspace)
  connection.onInitialize(() => ({
    serverInfo: { name: 'metrics' },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Full, save: true },
      completionProvider: { triggerCharacters: [' ', '{', '[', ',', ':', '.'] },
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      renameProvider: { prepareProvider: true },
      codeActionProvider: { codeActionKinds: ['quickfix'] },
    },
  }))
  connection.onInitialized(() => void check.now())
  connection.onDidOpenTextDocument(({ textDocument: { uri, text } }) => {
    workspace.open(uri, text)
    check.soon()
  })
  connection.onDidChangeTextDocument(({ textDocument: { uri }, contentChanges }) => {
    const whole = contentChanges.at(-1)
    if (whole !== undefined) workspace.open(uri, whole.text)
    check.soon()
  })
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    workspace.close(uri)
    check.soon()
  })
  connection.onDidSaveTextDocument(() => check.soon())
  connection.onDidChangeWatchedFiles(() => check.soon())

  const manifest = async (): Promise<Manifest> => (await check.latest()).manifest
  const atPlace = async ({ textDocument: { uri }, position }: TextDocumentPositionParams) => {
    const { definitions, manifest: compiled } = await check.latest()
    const file = definitions.files.find((item) => item.file === workspace.fileOf(uri))
    if (file === undefined) return undefined
    const text = workspace.textOf(file.file)
    const found = symbolAt(compiled, file, text, offsetAt(text, position))
    return found && { ...found, text }
  }
  connection.onCompletion(async ({ textDocument: { uri }, position }) => {
    const file = workspace.fileOf(uri)
    const text = workspace.textOf(file)
    const compiled = await manifest()
    const context = completionContext(text, offsetAt(text, position), modelAbove(compiled, file, position.line + 1))
    return [...complete(compiled, context)]
  })
  connection.onHover(async (params) => {
    const found = await atPlace(params)
    if (found === undefined) return null
    const compiled = await manifest()
    const value = await hoverText(compiled, found.target, (metric) => preview.sqlOf(compiled, metric))
    const { start, end } = found.occurrence
    return { contents: { kind: 'markdown', value }, range: rangeOf(found.text, start, end) }
  })
  connection.onDefinition(async (params) => {
    const found = await atPlace(params)
    return found === undefined ? null : (declarationOf(await manifest(), workspace, found.target) ?? null)
  })
  connection.onReferences(async (params) => {
    const found = await atPlace(params)
    if (found === undefined) return []
    const { definitions, manifest: compiled } = await check.latest()
    return [...locationsOf(compiled, definitions.files, workspace, found.target)]
  })
  connection.onPrepareRename(async (params) => {
    const found = await atPlace(params)
    return found === undefined ? null : rangeOf(found.text, found.occurrence.start, found.occurrence.end)
  })
  connection.onRenameRequest(async (params) => {
    const found = await atPlace(params)
    return found === undefined ? null : renameEdit(workspace, found.target, params.newName)
  })
  connection.onCodeAction(({ textDocument: { uri }, context }) => [...quickFixes(uri, context.diagnostics)])
  return new Promise((resolve) => {
    connection.onShutdown(async () => {
      check.stop()
      await preview.close()
    })
    connection.onExit(resolve)
    connection.listen()
  })
}

/** Checks after a pause, tells the editor, and lets requests wait for what is being checked. */
function createChecker(connection: Connection, workspace: Workspace) {
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve<unknown>(undefined)
  let shown = new Set<string>()
  const run = async () => {
    const { diagnostics } = await workspace.refresh()
    const files = diagnosticsByFile(diagnostics, workspace.uriOf)
    for (const file of new Set([...shown, ...files.keys()])) {
      await connection.sendDiagnostics({ uri: workspace.uriOf(file), diagnostics: [...(files.get(file) ?? [])] })
    }
    shown = new Set(files.keys())
  }
  const now = () => {
    clearTimeout(timer)
    timer = undefined
    running = running.then(run).catch((error: unknown) => connection.console.error(textOf(error)))
    return running
  }
  return {
    now,
    soon: () => {
      clearTimeout(timer)
      timer = setTimeout(now, PAUSE_MS)
    },
    /** What is in the editor, checked. */
    latest: async () => {
      await (timer === undefined ? running : now())
      return workspace.project() ?? workspace.refresh()
    },
    stop: () => clearTimeout(timer),
  }
}

const textOf = (error: unknown) =>
  error instanceof UserError ? renderDiagnostics(error.diagnostics, { color: false }) : String(error)

/** The semantic model that a line of a file is in. */
function modelAbove({ models }: Manifest, file: string, line: number): string | null {
  const above = models.filter(({ source }) => source.file === file && source.line <= line)
  return above.sort((a, b) => b.source.line - a.source.line)[0]?.name ?? null
}

function declarationOf({ metrics, models }: Manifest, workspace: Workspace, target: Target): Location | undefined {
  const model = models.find(({ name }) => name === (target.kind === 'dimension' ? target.model : target.name))
  const declared =
    target.kind === 'metric'
      ? metrics.find(({ name }) => name === target.name)
      : target.kind === 'model'
        ? model
        : model?.dimensions.find(({ name }) => name === target.name)
  if (declared === undefined) return undefined
  const { file, line } = declared.source
  const text = workspace.textOf(file).split('\n')[line - 1] ?? ''
  const character = Math.max(0, text.indexOf(target.name))
  const start = { line: line - 1, character }
  return { uri: workspace.uriOf(file), range: { start, end: { ...start, character: character + target.name.length } } }
}

function locationsOf(
  manifest: Manifest,
  files: readonly DefinitionFile[],
  workspace: Workspace,
  target: Target,
): readonly Location[] {
  return files.flatMap((file) => {
    const text = workspace.textOf(file.file)
    return occurrencesIn(manifest, file, text, target).map(({ start, end }) => ({
      uri: workspace.uriOf(file.file),
      range: rangeOf(text, start, end),
    }))
  })
}

async function renameEdit(workspace: Workspace, target: Target, to: string) {
  const unsaved = workspace.unsaved()
  if (unsaved.length > 0)
    throw new ResponseError(REQUEST_FAILED, `Save ${unsaved.join(', ')} first: a rename reads all files from the disk.`)
  try {
    const from = target.kind === 'dimension' ? `${target.model}.${target.name}` : target.name
    const changes = await planRename(workspace.dir, target.kind, from, to)
    return {
      changes: Object.fromEntries(
        changes.map(({ file, before, edits }) => [
          workspace.uriOf(file),
          edits.map(({ start, end, text }) => ({ range: rangeOf(before, start, end), newText: text })),
        ]),
      ),
    }
  } catch (error) {
    if (error instanceof UserError) throw new ResponseError(REQUEST_FAILED, textOf(error))
    throw error
  }
}
