import type { BrokenPart } from '../../definitions/index.ts'

/** What was declared but left out for an error of its own: references to it are not reported again. */
export interface Broken {
  has(kind: string, name: string, owner?: string): boolean
  /** True where an access rule of this model (null: of the project) was left out. */
  hasAccess(owner: string | null): boolean
  /** Files that could not be read: what is missing may be declared there. */
  readonly files: readonly string[]
}

export function indexBroken(parts: readonly BrokenPart[]): Broken {
  const names = new Set(parts.flatMap(({ kind, name }) => (name === null ? [] : [`${kind}:${name}`])))
  const owned = new Set(parts.flatMap(({ kind, name, owner }) => (name === null ? [] : [`${kind}:${owner}:${name}`])))
  const access = new Set(parts.filter(({ kind }) => kind === 'access').map(({ owner }) => owner))
  return {
    has: (kind, name, owner) => {
      if (names.has(`file:${name}`)) return true
      return owner === undefined ? names.has(`${kind}:${name}`) : owned.has(`${kind}:${owner}:${name}`)
    },
    hasAccess: (owner) => access.has(owner),
    files: parts.filter(({ kind }) => kind === 'file').map(({ file }) => file),
  }
}
