import type { ValueStatus } from '../../runtime/definitions/index.ts'
import { statusColor } from '../theme/series-color.ts'

/** The colour that a value has in charts, too; it stands before the value's word. */
export const StatusDot = ({ status }: { readonly status: ValueStatus }) => (
  <span className="status-dot" style={{ background: statusColor(status) }} aria-hidden="true" />
)
