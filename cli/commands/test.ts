import { isError } from '../../runtime/diagnostics/index.ts'
import { checkProject, compileProject } from '../../runtime/project/index.ts'
import { runTests, type TestResult, testDiagnostics } from '../../runtime/testing/index.ts'
import type { CommandModule } from '../command.ts'
import type { Output } from '../output.ts'
import { showProblems } from '../show-problems.ts'
import { textTable } from '../text-table.ts'

export const command: CommandModule = {
  define: (command) => void command.argument('[words...]', 'run only tests whose name holds all of these words'),
  run: async ({ project: dir, args, out }) => {
    const project = await checkProject(dir)
    const broken = project.diagnostics.filter(isError)
    if (broken.length > 0 && !out.json) out.note(showProblems(broken, dir, out.interactive))
    const { manifest } = inMemory(project)
    const words = args.map((word) => word.toLowerCase())
    const tests = manifest.tests.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
    const results = await runTests(manifest, tests, (result) => out.json || show(result, out))
    const failed = results.filter(({ status }) => status === 'failed').length
    const ok = failed === 0 && broken.length === 0
    if (out.json) {
      out.result({
        ok,
        diagnostics: [...broken, ...testDiagnostics(results)],
        counts: countsOf(results),
        tests: results,
      })
    } else out.print(summary(results, out))
    return ok ? 0 : 1
  },
}

/** Tests run on DuckDB in memory, wherever the warehouse of the project is. */
function inMemory({ config, definitions }: Awaited<ReturnType<typeof checkProject>>) {
  const warehouse = { type: 'duckdb', path: ':memory:', memoryLimit: null, threads: null, connections: 2 } as const
  return compileProject({ ...config, warehouse }, definitions, new Date())
}

function show({ name, status, file, line, reason, diff }: TestResult, { colors, print }: Output) {
  const mark = { passed: colors.green('✓'), failed: colors.red('✗'), skipped: colors.yellow('○') }[status]
  print(`${mark} ${name}${status === 'passed' ? '' : colors.dim(` ${file}:${line}`)}`)
  if (status === 'passed') return
  if (reason !== undefined) print(`    ${reason}`)
  if (diff === undefined) return
  const line_ = (mark: string, row: Readonly<Record<string, unknown>>) => [
    mark,
    ...diff.columns.map((name) => cell(row[name])),
  ]
  const rows = [
    ...diff.same.map((row) => line_(' ', row)),
    ...diff.missing.map((row) => line_('-', row)),
    ...diff.extra.map((row) => line_('+', row)),
  ]
  const table = textTable([{ title: '' }, ...diff.columns.map((title) => ({ title }))], rows, colors.dim)
  const paint = (text: string) =>
    text.startsWith('-') ? colors.red(text) : text.startsWith('+') ? colors.green(text) : text
  print(
    table
      .split('\n')
      .map((text) => `    ${paint(text)}`)
      .join('\n'),
  )
  print(colors.dim('    - expected  + answered'))
}

function cell(value: unknown): string {
  return value === null || value === undefined ? 'null' : String(value)
}

function countsOf(results: readonly TestResult[]) {
  const count = (status: TestResult['status']) => results.filter((result) => result.status === status).length
  return { tests: results.length, passed: count('passed'), failed: count('failed'), skipped: count('skipped') }
}

function summary(results: readonly TestResult[], { colors }: Output): string {
  const { tests, passed, failed, skipped } = countsOf(results)
  if (tests === 0) return 'No tests.'
  const parts = [
    passed > 0 ? colors.green(`${passed} passed`) : '',
    failed > 0 ? colors.red(`${failed} failed`) : '',
    skipped > 0 ? colors.yellow(`${skipped} not run`) : '',
  ]
  return `\n${parts.filter((part) => part !== '').join(', ')}`
}
