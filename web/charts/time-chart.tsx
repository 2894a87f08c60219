import { memo, useMemo, useState } from 'react'
import { timeFinding } from './finding.ts'
import { Legend } from './legend.tsx'
import { openBucket } from './open-bucket.ts'
import type { Reference, Series, TimeSeries } from './series.ts'
import { Axes } from './time/axes.tsx'
import { Marks, type TimeKind } from './time/marks.tsx'
import { Annotations, Ghosts, type Mark, References } from './time/overlays.tsx'
import { PointerLayer } from './time/pointer-layer.tsx'
import { geometry, type Layer, layersOf, MARGIN } from './time-geometry.ts'
import { useSize } from './use-size.ts'

interface Props {
  readonly kind: TimeKind
  readonly data: TimeSeries
  /** The same in the time it is compared with. */
  readonly ghosts: readonly Series[]
  readonly references: readonly Reference[]
  readonly marks: readonly Mark[]
  readonly stacked: boolean
  readonly label: string
  /** The moment it is now in the time zone of the project, in the way answers write it. */
  readonly now: string
  /** True where the legend chooses what is shown instead of isolating one series. */
  readonly toggles: boolean
  readonly first: readonly string[] | null
  readonly onBrush?: ((from: number, to: number) => void) | undefined
  readonly onPick?: ((index: number, series: string | undefined) => void) | undefined
}

const NONE: readonly Series[] = []

/** Lines, areas or bars over time. */
export function TimeChart(props: Props) {
  const { kind, data, references, stacked, label, now, toggles, first, onBrush, onPick } = props
  const [ref, size] = useSize<HTMLDivElement>()
  const [chosen, setChosen] = useState<readonly string[] | null>(first)
  const [hovered, setHovered] = useState<string | null>(null)
  const shown = data.series.filter(({ key }) => chosen === null || chosen.includes(key))
  const keys = shown.map(({ key }) => key).join(' ')
  const ghosts = chosen === null ? props.ghosts : props.ghosts.filter(({ key }) => chosen.includes(key))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys stand for the series shown.
  const layers = useMemo(() => layersOf(shown, stacked), [data, keys, stacked])
  const behind = ghosts.length > 2 ? NONE : ghosts
  const shape = geometry(layers, [...references, ...behind], data.buckets.length, size, {
    banded: kind === 'bar',
    fromZero: kind !== 'line',
    labelled: props.marks.length > 0,
  })
  const open = openBucket(data.grain, data.buckets, now)
  const hasLegend = data.series.length > 1 || data.hidden > 0 || behind.length > 0
  return (
    <div className="chart">
      {hasLegend && (
        <Legend
          series={data.series}
          chosen={chosen}
          toggles={toggles}
          onChoose={setChosen}
          onHover={setHovered}
          hidden={data.hidden}
          ghost={behind.length > 0 ? 'Compared period' : null}
        />
      )}
      <div className="plot" ref={ref}>
        {size.width > 0 && (
          <>
            <Picture
              {...{ kind, data, layers, references, stacked, hovered, open }}
              ghosts={behind}
              marks={props.marks}
              width={size.width}
              height={size.height}
              label={timeFinding(label, data, open)}
            />
            <PointerLayer
              {...{ data, layers, shape, open, stacked, label, onBrush, onPick }}
              ghosts={behind}
              width={size.width}
            />
          </>
        )}
      </div>
    </div>
  )
}

interface PictureProps extends Pick<Props, 'kind' | 'data' | 'ghosts' | 'references' | 'marks' | 'stacked' | 'label'> {
  readonly layers: readonly Layer[]
  readonly hovered: string | null
  readonly open: number | null
  readonly width: number
  readonly height: number
}

/** What does not change while somebody points at it. */
const Picture = memo(function Picture(props: PictureProps) {
  const { kind, data, layers, ghosts, references, marks, stacked, hovered, open, width, height, label } = props
  const shape = geometry(
    layers,
    [...references, ...ghosts],
    data.buckets.length,
    { width, height },
    {
      banded: kind === 'bar',
      fromZero: kind !== 'line',
      labelled: props.marks.length > 0,
    },
  )
  const right = width - MARGIN.right
  return (
    <svg width={width} height={height} role="img" aria-label={label}>
      <Axes data={data} shape={shape} width={width} format={layers[0]?.series.format} />
      <Ghosts ghosts={ghosts} shape={shape} />
      <Marks kind={kind} layers={layers} shape={shape} open={open} stacked={stacked} hovered={hovered} />
      <References references={references} shape={shape} right={right} />
      <Annotations marks={marks} data={data} shape={shape} right={right} />
    </svg>
  )
})
