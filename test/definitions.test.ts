import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CONFIG_FILES, readConfig } from '../runtime/config/index.ts'
import { loadDefinitions } from '../runtime/definitions/index.ts'
import { type Diagnostic, toJson } from '../runtime/diagnostics/index.ts'
import { casesOf, expectJson } from './support/cases.ts'

describe('mistakes in definitions are told with code, place and remedy', () => {
  const cases = casesOf('definitions-')

  test('there are many of them', () => {
    expect(cases.length).toBeGreaterThanOrEqual(35)
  })

  test.each(cases)('$name', async (item) => {
    const diagnostics = await diagnosticsOf(item.dir)
    expect(diagnostics.length === 0).toBe(item.name.startsWith('definitions-good-'))
    for (const { message, hint, at, code } of diagnostics) {
      expect(message).toMatch(/[.:]|…$/)
      expect(at === undefined ? code : 'AM1019').toBe('AM1019')
      expect(hint ?? message).not.toContain('undefined')
    }
    await expectJson(item, 'diagnostics.json', toJson(diagnostics))
  })
})

async function diagnosticsOf(dir: string): Promise<readonly Diagnostic[]> {
  const hasConfig = CONFIG_FILES.some((file) => existsSync(join(dir, file)))
  const config = hasConfig
    ? (await readConfig(dir, { env: { SET: 'postgres://localhost/x', EMPTY: '' } })).diagnostics
    : []
  const { diagnostics } = await loadDefinitions(dir)
  return [...config, ...diagnostics]
}
