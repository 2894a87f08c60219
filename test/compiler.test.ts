import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type CompileResult, compile } from '../runtime/compiler/index.ts'
import { loadConfig } from '../runtime/config/index.ts'
import { loadDefinitions } from '../runtime/definitions/index.ts'
import { catalogue, type Diagnostic, toJson } from '../runtime/diagnostics/index.ts'
import { type Case, casesOf, expectJson } from './support/cases.ts'

const TODAY = '2026-06-15'

interface Compiled extends CompileResult {
  /** Of loading, too. */
  readonly all: readonly Diagnostic[]
}

async function compileCase(dir: string): Promise<Compiled> {
  const config = await loadConfig(dir)
  const loaded = await loadDefinitions(dir)
  const result = compile({ config, ...loaded, today: TODAY })
  return { ...result, all: [...loaded.diagnostics, ...result.diagnostics] }
}

const isGood = ({ name }: Case) => name.startsWith('compile-good-')
const CASES = casesOf('compile-')
const BAD = CASES.filter((item) => !isGood(item))

describe('a project with mistakes', () => {
  it.each(BAD)('$name is told what, where and what to do', async (item) => {
    const { all, manifest } = await compileCase(item.dir)
    expect(all.length).toBeGreaterThan(0)
    for (const { at, code, hint, message } of all) {
      expect(hint, code).toBeTruthy()
      expect(at?.line).toBeGreaterThan(0)
      expect(`${message} ${hint}`).not.toMatch(/undefined|\[object|null`/)
      expect(message).toMatch(/[.…:]$/)
    }
    await expectJson(item, 'diagnostics.json', toJson(all))
    expect(() => JSON.stringify(manifest)).not.toThrow()
  })

  it('is met by every diagnostic that the compiler has', async () => {
    const found = new Set<string>()
    for (const { dir } of BAD) for (const { code } of (await compileCase(dir)).diagnostics) found.add(code)
    const own = Object.keys(catalogue).filter((code) => /^AM1[2-8]/.test(code) && !/^AM165/.test(code))
    expect(own.filter((code) => !found.has(code))).toEqual([])
  })
})

describe('a sound project', () => {
  it.each(CASES.filter(isGood))('$name compiles to its manifest', async (item) => {
    const { all, manifest } = await compileCase(item.dir)
    expect(all).toEqual([])
    await expectJson(item, 'manifest.json', manifest)
  })
})

describe('a manifest', () => {
  const company = join(import.meta.dirname, 'input/compile-good-company')

  it('is the same bytes whatever the order of the files', async () => {
    const config = await loadConfig(company)
    const { files, sqlFiles } = await loadDefinitions(company)
    const once = compile({ config, files, sqlFiles, today: TODAY })
    const turned = compile({ config, files: files.toReversed(), sqlFiles: sqlFiles.toReversed(), today: TODAY })
    expect(JSON.stringify(turned)).toBe(JSON.stringify(once))
  })

  it('is plain JSON: nothing is lost on the way through a file', async () => {
    const { manifest } = await compileCase(company)
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest)
  })

  it('has what is sound beside what is broken, and nothing that depends on what is broken', async () => {
    const { manifest } = await compileCase(join(import.meta.dirname, 'input/compile-broken-among-good'))
    expect(manifest.metrics.map(({ name }) => name)).toEqual(['revenue', 'total_customers', 'total_orders'])
    expect(manifest.dashboards[0]?.rows[0]?.widgets.map(({ query }) => query?.metrics)).toEqual([['revenue']])
  })

  it('shows a role nothing where one of its access rules has a mistake', async () => {
    const { manifest } = await compileCase(join(import.meta.dirname, 'input/compile-access-rules'))
    for (const model of manifest.models) {
      const manager = model.access.find(({ role }) => role === 'manager')
      expect(manager?.rows).toContainEqual(expect.objectContaining({ operator: 'in', value: { constant: [] } }))
    }
  })
})
