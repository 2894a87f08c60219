import { Type } from '@sinclair/typebox'
import { isError, toJson } from '../../diagnostics/index.ts'
import type { Desk } from '../desk.ts'
import type { Tool } from '../tool.ts'

/** Tools for those who may see the files of the project. */
export const projectTools: readonly Tool[] = [
  {
    name: 'validate_file',
    title: 'Check a proposed file',
    description:
      'What would be wrong if this file were written: every problem with its code, place and a suggestion that works there. Nothing is written.',
    input: Type.Object(
      {
        file: Type.String({ description: 'Path from the project folder, such as metrics/usage/sessions.yml.' }),
        content: Type.String({ description: 'All of the file.', maxLength: 1_000_000 }),
      },
      { additionalProperties: false },
    ),
    run: async (desk, { file, content }) => {
      const diagnostics = await filesOf(desk).check({ file: String(file), content: String(content) })
      return { ok: !diagnostics.some(isError), diagnostics: toJson(diagnostics).diagnostics }
    },
  },
  {
    name: 'diff',
    title: 'What changed in meaning',
    description:
      'Differences between the files of the project as they are and a git revision: what each does to those who use it and what it reaches. Formatting and comments are no difference.',
    input: Type.Object(
      { ref: Type.Optional(Type.String({ description: 'Branch, tag or commit.', default: 'HEAD' })) },
      { additionalProperties: false },
    ),
    run: async (desk, { ref }) => ({ changes: await filesOf(desk).diff(typeof ref === 'string' ? ref : 'HEAD') }),
  },
]

function filesOf({ files }: Desk): NonNullable<Desk['files']> {
  if (files === undefined) throw new TypeError('Tools of the project are offered only where there are files.')
  return files
}
