import { Type } from '@sinclair/typebox'
import { createParser } from '../../parse.ts'

const Name = Type.String({
  pattern: '^[a-z][a-z0-9_]*$',
  maxLength: 60,
  description: 'Small letters, digits and _; the file that it is exported to bears it.',
})
const Definition = Type.Object(
  { name: Name, title: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }) },
  { additionalProperties: true, description: 'A dashboard as in a file.' },
)
const Shared = Type.Optional(Type.Boolean({ description: 'Shown to everybody of the organisation.' }))
const Widget = Type.Object(
  { type: Type.String() },
  { additionalProperties: true, description: 'A widget as in a file.' },
)

export const ChangeBody = Type.Object(
  {
    definition: Definition,
    shared: Shared,
    changed_at: Type.Optional(
      Type.String({ description: 'When what was edited had been changed: refused if somebody changed it since.' }),
    ),
  },
  { additionalProperties: false },
)
export const CreateBody = Type.Object(
  {
    definition: Type.Optional(Definition),
    from: Type.Optional(
      Type.String({ description: 'Dashboard of the project to copy, as far as the caller sees it.' }),
    ),
    shared: Shared,
  },
  { additionalProperties: false },
)
export const PreviewBody = Type.Object({ definition: Definition }, { additionalProperties: false })
export const WidgetBody = Type.Object({ widget: Widget }, { additionalProperties: false })
export const PullRequestBody = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
    body: Type.Optional(Type.String({ maxLength: 20_000 })),
  },
  { additionalProperties: false },
)

export const parseCreate = createParser(CreateBody, 'the dashboard')
export const parseChange = createParser(ChangeBody, 'the dashboard')
export const parsePreview = createParser(PreviewBody, 'the dashboard')
export const parseWidget = createParser(WidgetBody, 'the widget')
export const parsePullRequest = createParser(PullRequestBody, 'the pull request')
