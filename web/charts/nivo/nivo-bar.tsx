import { Bar } from '@nivo/bar'
import { formatValue, type MetricFormat } from '../../format/value.ts'
import { resolveColor, useThemeVersion } from '../../theme/resolve-color.ts'
import { niceTicks } from '../ticks.ts'
import { MarkTooltip } from './mark-tooltip.tsx'
import { NIVO_THEME } from './theme.ts'

export interface BarGroup {
  readonly key: string
  readonly label: string
  readonly values: Readonly<Record<string, number | null>>
}

export interface BarSeries {
  readonly key: string
  readonly label: string
  readonly color: string
  readonly format: MetricFormat
}

interface Props {
  readonly groups: readonly BarGroup[]
  readonly series: readonly BarSeries[]
  readonly stacked: boolean
  readonly layout: 'vertical' | 'horizontal'
  readonly width: number
  readonly height: number
  readonly label: string
  readonly onPick: ((group: string, series: string) => void) | undefined
}

export function NivoBar({ groups, series, stacked, layout, width, height, label, onPick }: Props) {
  const theme = useThemeVersion()
  const colors = new Map(series.map(({ key, color }) => [key, resolveColor(color)]))
  const labels = new Map(groups.map((group) => [group.key, group.label]))
  const first = series[0]
  const tops = groups.map(({ values }) => {
    const all = series.map(({ key }) => values[key] ?? 0)
    return stacked ? all.reduce((sum, value) => sum + value, 0) : Math.max(0, ...all)
  })
  const ticks = niceTicks(0, Math.max(0, ...tops) || 1)
  const horizontal = layout === 'horizontal'
  const valueAxis = {
    tickSize: 0,
    tickPadding: 8,
    tickValues: [...ticks],
    format: (value: number) => (first === undefined ? String(value) : formatValue(value, first.format, 'axis')),
  }
  const room = horizontal ? 16 : Math.max(3, Math.floor(width / Math.max(1, groups.length) / 7))
  const groupAxis = { tickSize: 0, tickPadding: 8, format: (key: string) => shortened(labels.get(key) ?? key, room) }
  return (
    <Bar
      key={theme}
      width={width}
      height={height}
      data={groups.map(({ key, values }) => ({
        key,
        ...Object.fromEntries(Object.entries(values).map(([k, v]) => [k, v ?? 0])),
      }))}
      indexBy="key"
      keys={series.map(({ key }) => key)}
      theme={NIVO_THEME}
      animate={false}
      layout={layout}
      groupMode={stacked ? 'stacked' : 'grouped'}
      valueScale={{ type: 'linear', min: ticks[0] ?? 0, max: ticks.at(-1) ?? 1 }}
      margin={{ top: 8, right: 12, bottom: 28, left: horizontal ? 112 : 52 }}
      padding={0.3}
      innerPadding={stacked ? 0 : 2}
      borderRadius={2}
      colors={({ id }) => colors.get(String(id)) ?? ''}
      enableLabel={false}
      enableGridX={horizontal}
      enableGridY={!horizontal}
      gridXValues={[...ticks]}
      gridYValues={[...ticks]}
      axisLeft={horizontal ? groupAxis : valueAxis}
      axisBottom={horizontal ? valueAxis : groupAxis}
      role="img"
      ariaLabel={label}
      onClick={({ indexValue, id }) => onPick?.(String(indexValue), String(id))}
      tooltip={({ id, value, color, indexValue }) => {
        const one = series.find(({ key }) => key === id)
        return (
          <MarkTooltip
            color={color}
            label={one === undefined || series.length === 1 ? (labels.get(String(indexValue)) ?? '') : one.label}
            value={one === undefined ? String(value) : formatValue(value, one.format, 'exact')}
            note={series.length === 1 ? undefined : labels.get(String(indexValue))}
          />
        )
      }}
    />
  )
}

const shortened = (text: string, length: number) =>
  text.length > length ? `${text.slice(0, Math.max(1, length - 1))}…` : text
