import { applyPatch } from 'diff'
import { fail } from '../diagnostics/index.ts'
import type { Proposed } from './open-pull-request.ts'

/** What the file becomes on the branch that others go on changing: only the change is carried over, never the whole file. */
export function contentOnBase(base: string | null, { before, content, file, patch }: Proposed): string {
  if (base === before) return content
  if (before === null) {
    return fail('AM5054', `The repository has a file ${file} already.`, { hint: 'Give the dashboard another name.' })
  }
  const merged = base === null ? false : applyPatch(base, patch)
  if (merged !== false) return merged
  return fail('AM5054', `${file} is another one in the repository: the change does not fit there any more.`, {
    hint: 'Bring this server up to date with the repository, or apply the patch by hand.',
  })
}

/** Text of a file as both hosts tell it. */
export const fileText = ({ content }: Readonly<Record<string, unknown>>): string =>
  Buffer.from(String(content ?? ''), 'base64').toString('utf8')
