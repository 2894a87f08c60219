import type { Code } from '../../diagnostics/index.ts'
import type { Declared } from './declared.ts'
import type { Report } from './report.ts'

/** The first declaration of each name; every further one is reported with a pointer to the first. */
export function uniqueByName<T extends { readonly name: string }>(
  report: Report,
  code: Code,
  what: string,
  declarations: Iterable<Declared<T>>,
  hint?: string,
): ReadonlyMap<string, Declared<T>> {
  const found = new Map<string, Declared<T>>()
  for (const declared of declarations) {
    const first = found.get(declared.value.name)
    if (first === undefined) found.set(declared.value.name, declared)
    else reportTwice(report, code, what, declared, first, hint)
  }
  return found
}

export function reportTwice(
  report: Report,
  code: Code,
  what: string,
  second: Declared<{ readonly name: string }>,
  first: Declared<unknown>,
  hint = 'Rename or remove one of them.',
): void {
  report(code, `${what} \`${second.value.name}\` is declared twice.`, {
    at: second.at(['name']),
    hint,
    related: [{ message: 'First declared here', at: first.at(['name']) }],
  })
}
