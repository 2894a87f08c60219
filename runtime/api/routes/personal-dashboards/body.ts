import { Type } from '@sinclair/typebox'
import { createParser } from '../../parse.ts'

const Definition = Type.Object({}, { additionalProperties: true, description: 'A dashboard as in a file.' })

const ChangeBody = Type.Object(
  {
    definition: Definition,
    shared: Type.Optional(Type.Boolean({ description: 'Shown to everybody of the organisation.' })),
  },
  { additionalProperties: false },
)
const CreateBody = Type.Object(
  {
    definition: Type.Optional(Definition),
    from: Type.Optional(
      Type.String({ description: 'Dashboard of the project to copy, as far as the caller sees it.' }),
    ),
    shared: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
const PullRequestBody = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
    body: Type.Optional(Type.String({ maxLength: 20_000 })),
  },
  { additionalProperties: false },
)

export const parseCreate = createParser(CreateBody, 'the dashboard')
export const parseChange = createParser(ChangeBody, 'the dashboard')
export const parsePullRequest = createParser(PullRequestBody, 'the pull request')
