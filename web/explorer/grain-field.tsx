import type { Grain } from '../../runtime/definitions/index.ts'
import { GRAINS } from './question.ts'

interface Props {
  readonly className?: string
  readonly value: Grain | null
  /** Whether all of the time may be one. */
  readonly isOptional: boolean
  readonly onChange: (grain: Grain | null) => void
}

/** By which span of time figures are shown. */
export function GrainField({ className, value, isOptional, onChange }: Props) {
  return (
    <label className={className}>
      Over time
      <select
        value={value ?? ''}
        onChange={({ target }) => onChange(GRAINS.find((grain) => grain === target.value) ?? null)}
      >
        {isOptional && <option value="">In all</option>}
        {GRAINS.map((grain) => (
          <option key={grain} value={grain}>
            By {grain}
          </option>
        ))}
      </select>
    </label>
  )
}
