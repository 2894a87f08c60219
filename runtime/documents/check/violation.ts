import type { Path } from '../document.ts'

export type ViolationCode =
  | 'AM1101'
  | 'AM1102'
  | 'AM1103'
  | 'AM1104'
  | 'AM1105'
  | 'AM1106'
  | 'AM1107'
  | 'AM1108'
  | 'AM1109'
  | 'AM1110'
  | 'AM1111'
  | 'AM1113'

/** Something in a content that its schema does not allow, in words. */
export interface Violation {
  readonly code: ViolationCode
  /** Of the value; of the mapping, where a key is missing. */
  readonly path: Path
  /** Whether the key or the value is to be shown. */
  readonly of: 'key' | 'value'
  readonly message: string
  readonly hint?: string | undefined
  /** A key that this would be right for, so that its absence need not be told as well. */
  readonly meant?: string | undefined
  /** The key that is missing. */
  readonly missing?: string | undefined
}
