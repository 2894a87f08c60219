import { type Static, Type } from '@sinclair/typebox'
import { list, oneOf, optional, Reference, RoleName, strict } from './common.ts'

export const ROW_OPERATORS = ['equals', 'not_equals', 'in', 'not_in', 'gt', 'gte', 'lt', 'lte'] as const
export type RowOperator = (typeof ROW_OPERATORS)[number]

const Scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean()])

const RowRule = strict(
  {
    dimension: Reference,
    operator: oneOf(ROW_OPERATORS, 'How the dimension is compared.'),
    value: Type.Union([Scalar, Type.Array(Scalar)], {
      description:
        'A constant, a list, or an attribute of the caller such as `user.id`, `user.email`, `user.team_ids`.',
    }),
  },
  'A condition that every visible row meets. A caller without the attribute sees no rows.',
)
export type RowRule = Static<typeof RowRule>

export const AccessRule = strict(
  {
    role: RoleName,
    rows: optional(list(RowRule, 'Conditions, all of which must hold.')),
    hide: optional(list(Reference, 'Dimensions this role cannot see, filter or order by.')),
  },
  'What a role may see.',
)
export type AccessRule = Static<typeof AccessRule>
