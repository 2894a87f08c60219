import { describe, expect, test } from 'vitest'
import {
  catalogue,
  diagnostic,
  fail,
  inOrder,
  nearest,
  renderDiagnostics,
  suggest,
  toJson,
  UserError,
} from '../../runtime/diagnostics/index.ts'

const SOURCE = 'version: 1\nmetrics:\n  - { name: rate, tpye: ratio }\n'
const unknownKey = diagnostic('AM1101', '`tpye` is not a key of metric `rate`.', {
  at: { file: 'metrics/a.yml', line: 3, column: 17, endLine: 3, endColumn: 21 },
  hint: 'Did you mean `type`?',
})
const warning = diagnostic('AM1006', 'The metrics file is empty.', {
  at: { file: 'metrics/b.yml', line: 1, column: 1 },
})

describe('diagnostics on a terminal', () => {
  test('show place, code, frame and hint, in order of files, and a summary', () => {
    expect(
      renderDiagnostics([warning, unknownKey], {
        readSource: (file) => (file === 'metrics/a.yml' ? SOURCE : undefined),
      }),
    ).toBe(`metrics/a.yml:3:17 error AM1101 \`tpye\` is not a key of metric \`rate\`.
  2 │ metrics:
  3 │   - { name: rate, tpye: ratio }
    │                 ^^^^
  → Did you mean \`type\`?

metrics/b.yml:1:1 warning AM1006 The metrics file is empty.

1 error, 1 warning in 2 files`)
  })

  test('are coloured only when asked', () => {
    expect(renderDiagnostics([unknownKey])).not.toContain('\u001b')
    expect(renderDiagnostics([unknownKey], { color: true })).toContain('\u001b[31m')
  })

  test('keep the mark in sight on long lines, and under tabs', () => {
    const long = `${'x'.repeat(300)}here${'y'.repeat(300)}`
    const at = { file: 'a', line: 1, column: 301, endLine: 1, endColumn: 305 }
    const frame = renderDiagnostics([diagnostic('AM1001', 'm.', { at })], { readSource: () => long }).split('\n')
    expect(frame[1]?.length).toBeLessThan(130)
    expect(frame[1]?.slice(frame[2]?.indexOf('^'), (frame[2]?.lastIndexOf('^') ?? 0) + 1)).toBe('here')
    const tabs = renderDiagnostics(
      [diagnostic('AM1001', 'm.', { at: { file: 'a', line: 1, column: 3, endLine: 1, endColumn: 5 } })],
      {
        readSource: () => '\t\tab',
      },
    ).split('\n')
    expect(tabs[2]?.indexOf('^')).toBe(tabs[1]?.indexOf('ab'))
  })

  test('survive a place that the file no longer has', () => {
    const at = { file: 'a', line: 9, column: 9 }
    expect(renderDiagnostics([diagnostic('AM1001', 'm.', { at })], { readSource: () => 'short' })).toContain('a:9:9')
  })
})

test('JSON has errors first to last, each once, and counts', () => {
  const json = toJson([warning, unknownKey, unknownKey], { metrics: 3 })
  expect(json).toMatchObject({ ok: false, counts: { metrics: 3, errors: 1, warnings: 1 } })
  expect(json.diagnostics.map(({ code }) => code)).toEqual(['AM1101', 'AM1006'])
  expect(toJson([warning]).ok).toBe(true)
  expect(inOrder([])).toEqual([])
})

test('an error of the user carries its diagnostics and reads well on one line', () => {
  const error = catchError(() =>
    fail('AM1101', '`tpye` is not a key.', { hint: 'Did you mean `type`?', at: { file: 'a.yml', line: 3, column: 7 } }),
  )
  expect(error).toBeInstanceOf(UserError)
  expect((error as UserError).message).toBe('a.yml:3:7 AM1101: `tpye` is not a key. Did you mean `type`?')
})

function catchError(work: () => void): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}

describe('suggestions', () => {
  test.each([
    ['sesions', 'sessions'],
    ['totalSessions', 'total_sessions'],
    ['sessions_total', 'total_sessions'],
    ['spend', 'total_spend'],
    ['team.nam', 'teams.name'],
  ])('%s means %s', (name, meant) => {
    expect(nearest(name, ['sessions', 'total_sessions', 'total_spend', 'success_rate', 'teams.name'])).toBe(meant)
  })

  test('are not made up where nothing is near', () => {
    expect(nearest('weather', ['sessions', 'spend'])).toBeUndefined()
    expect(nearest('P3', ['P0', 'P1'])).toBeUndefined()
    expect(suggest('weather', ['b', 'a'])).toBe('It can be `b` or `a`.')
    expect(suggest('weather', [])).toBeUndefined()
    expect(suggest('x9', ['aa', 'bb', 'cc', 'dd'], 2)).toBe('It can be `aa`, `bb` … (2 more).')
  })
})

test('every code has a title, and an explanation that is more than the title', () => {
  for (const [code, { title, explanation }] of Object.entries(catalogue)) {
    expect(code).toMatch(/^AM\d{4}$/)
    expect(title).toMatch(/^[A-Z][^.]+$/)
    expect(explanation).toMatch(/\.$/)
    expect(explanation.replace(/\.$/, '')).not.toBe(title)
  }
})
