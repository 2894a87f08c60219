import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { parseSync } from 'oxc-parser'
import { moduleSyntax, type SyntaxNode } from './syntax-node.ts'

/** Absolute paths of the local modules that a module imports, and those they import. */
export function localImports(
  path: string,
  text: string,
  parse: typeof parseSync,
  seen: Set<string> = new Set(),
): readonly string[] {
  const { program } = parse(path, text)
  for (const { from, isType } of moduleSyntax(program as unknown as SyntaxNode).imports) {
    const target = from.startsWith('.') && !isType ? resolveImport(resolve(dirname(path), from)) : undefined
    if (target === undefined || seen.has(target)) continue
    seen.add(target)
    if (/\.[cm]?[jt]s$/.test(target)) localImports(target, readFileSync(target, 'utf8'), parse, seen)
  }
  return [...seen]
}

const ENDINGS = ['', '.ts', '.mts', '.js', '.mjs', '.json', '/index.ts', '/index.js']

const resolveImport = (path: string) =>
  [...ENDINGS.map((ending) => path + ending), path.replace(/\.([cm]?)js$/, '.$1ts')].find((candidate) =>
    statSync(candidate, { throwIfNoEntry: false })?.isFile(),
  )
