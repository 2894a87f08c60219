import { Pie } from '@nivo/pie'
import { formatValue, type MetricFormat } from '../../format/value.ts'
import { resolveColor, useThemeVersion } from '../../theme/resolve-color.ts'
import type { Part } from '../part.ts'
import { MarkTooltip } from './mark-tooltip.tsx'
import { NIVO_THEME } from './theme.ts'

interface Props {
  readonly parts: readonly Part[]
  readonly format: MetricFormat
  readonly size: number
  readonly hovered: string | null
  readonly onHover: (key: string | null) => void
  readonly onPick: ((key: string) => void) | undefined
}

export function NivoPie({ parts, format, size, hovered, onHover, onPick }: Props) {
  const theme = useThemeVersion()
  const total = parts.reduce((sum, { value }) => sum + (value ?? 0), 0)
  const data = parts.map(({ key, label, color, value }) => ({
    id: key,
    label,
    value: Math.max(0, value ?? 0),
    color: resolveColor(color),
  }))
  return (
    <Pie
      key={theme}
      width={size}
      height={size}
      data={data}
      theme={NIVO_THEME}
      animate={false}
      role="presentation"
      innerRadius={0.68}
      padAngle={data.length > 1 ? 1.2 : 0}
      cornerRadius={2}
      margin={{ top: 4, right: 4, bottom: 4, left: 4 }}
      colors={({ id, data: { color } }) => (hovered === null || hovered === id ? color : faded(color))}
      enableArcLabels={false}
      enableArcLinkLabels={false}
      onMouseEnter={({ id }) => onHover(String(id))}
      onMouseLeave={() => onHover(null)}
      onClick={({ id }) => onPick?.(String(id))}
      tooltip={({ datum: { label, value, color } }) => (
        <MarkTooltip
          color={color}
          label={String(label)}
          value={formatValue(value, format, 'exact')}
          note={
            total === 0 ? undefined : `${((value / total) * 100).toFixed(1)}% of ${formatValue(total, format, 'exact')}`
          }
        />
      )}
    />
  )
}

const faded = (color: string) => color.replace(/^rgb\((.*)\)$/, 'rgba($1, 0.3)')
