import { Funnel } from '@nivo/funnel'
import { formatValue, type MetricFormat } from '../../format/value.ts'
import { resolveColor, useThemeVersion } from '../../theme/resolve-color.ts'
import type { Part } from '../part.ts'
import { MarkTooltip } from './mark-tooltip.tsx'
import { NIVO_THEME } from './theme.ts'

interface Props {
  readonly steps: readonly Part[]
  readonly format: MetricFormat
  readonly width: number
  readonly height: number
}

export function NivoFunnel({ steps, format, width, height }: Props) {
  const theme = useThemeVersion()
  const colors = steps.map(({ color }) => resolveColor(color))
  return (
    <Funnel
      key={theme}
      width={width}
      height={height}
      data={steps.map(({ key, label, value }) => ({ id: key, label, value: value ?? 0 }))}
      theme={NIVO_THEME}
      animate={false}
      role="presentation"
      direction="vertical"
      interpolation="smooth"
      shapeBlending={0.7}
      spacing={2}
      margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
      colors={colors}
      fillOpacity={1}
      borderWidth={0}
      enableLabel={false}
      enableBeforeSeparators={false}
      enableAfterSeparators={false}
      currentPartSizeExtension={0}
      tooltip={({ part }) => (
        <MarkTooltip
          color={part.color}
          label={String(part.data.label ?? part.data.id)}
          value={formatValue(part.data.value, format, 'exact')}
        />
      )}
    />
  )
}
