import { useEffect, useId, useRef, useState } from 'react'
import { longTime } from '../../format/time.ts'
import { formatValue } from '../../format/value.ts'
import type { Series, TimeSeries } from '../series.ts'
import { type Geometry, type Layer, MARGIN } from '../time-geometry.ts'
import { Tooltip } from '../tooltip.tsx'
import { placeOf } from './place-of.ts'
import { onPoint, point } from './pointer.ts'

interface Props {
  readonly data: TimeSeries
  readonly layers: readonly Layer[]
  readonly ghosts: readonly Series[]
  readonly shape: Geometry
  readonly width: number
  readonly open: number | null
  readonly stacked: boolean
  readonly label: string
  /** Buckets from and to, both inclusive. */
  readonly onBrush: ((from: number, to: number) => void) | undefined
  /** A bucket, and the series that was pointed at. */
  readonly onPick: ((index: number, series: string | undefined) => void) | undefined
}

/** Pixels that the pointer moves before it is a brush. */
const SLACK = 5

/** Pointing, brushing and keys, above the chart, so that the chart is not drawn again for them. */
export function PointerLayer(props: Props) {
  const { data, layers, ghosts, shape, width, open, stacked, label, onBrush, onPick } = props
  const source = useId()
  const line = useRef<HTMLDivElement>(null)
  const span = useRef<HTMLDivElement>(null)
  const pressed = useRef<number | null>(null)
  const [pointed, setPointed] = useState<number | null>(null)
  const [anchor, setAnchor] = useState<number | null>(null)
  const last = data.buckets.length - 1
  // A chart that was zoomed has fewer buckets than the one that was pointed at.
  const at = pointed === null || pointed > last ? null : pointed
  useEffect(
    () =>
      onPoint((shared) => {
        const index = shared === null ? null : placeOf(shared.time, data.buckets)
        const element = line.current
        if (element === null) return
        element.hidden = index === null
        if (index !== null) element.style.transform = `translateX(${shape.x(index)}px)`
      }),
    [data, shape],
  )
  const moveTo = (index: number | null) => {
    setPointed(index)
    const time = index === null ? undefined : data.buckets[index]
    point(time === undefined ? null : { time, source })
  }
  const showSpan = (from: number | null, to = 0) => {
    const element = span.current
    if (element === null) return
    element.hidden = from === null
    if (from === null) return
    const [left, right] = [Math.min(from, to), Math.max(from, to)]
    element.style.transform = `translateX(${left}px)`
    element.style.width = `${right - left}px`
  }
  const xOf = (event: React.PointerEvent<HTMLElement>) =>
    Math.min(
      width - MARGIN.right,
      Math.max(MARGIN.left, event.clientX - event.currentTarget.getBoundingClientRect().left),
    )
  const indexAt = (x: number) => Math.min(last, Math.max(0, Math.round((x - shape.x(0)) / (shape.step || 1))))
  const stop = () => {
    pressed.current = null
    showSpan(null)
    setAnchor(null)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7, Home: -last, End: last }[event.key]
    const from = at ?? (step !== undefined && step < 0 ? last + 1 : -1)
    if (step !== undefined) {
      const next = event.key === 'Home' ? 0 : event.key === 'End' ? last : Math.min(last, Math.max(0, from + step))
      if (event.shiftKey && onBrush) {
        const start = anchor ?? at ?? next
        setAnchor(start)
        showSpan(shape.x(start), shape.x(next))
      } else stop()
      moveTo(next)
    } else if (event.key === 'Enter' && at !== null) {
      if (anchor !== null && anchor !== at) onBrush?.(Math.min(anchor, at), Math.max(anchor, at))
      else onPick?.(at, undefined)
      stop()
    } else if (event.key === 'Escape' && (anchor !== null || at !== null)) {
      stop()
      moveTo(null)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const shown = layers.map(({ series }) => series)
  return (
    <div
      className="pointer-layer"
      data-brush={onBrush !== undefined}
      role="slider"
      tabIndex={0}
      aria-label={`${label}: values over time`}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={at ?? last}
      aria-valuetext={spoken(data, shown, at ?? last)}
      onKeyDown={onKeyDown}
      onBlur={() => {
        stop()
        moveTo(null)
      }}
      onPointerDown={(event) => {
        if (event.button !== 0 || event.pointerType === 'touch') return
        pressed.current = xOf(event)
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        const x = xOf(event)
        moveTo(indexAt(x))
        if (onBrush && pressed.current !== null && Math.abs(x - pressed.current) > SLACK) showSpan(pressed.current, x)
      }}
      onPointerUp={(event) => {
        const from = pressed.current
        const x = xOf(event)
        stop()
        if (from === null) return
        const y = event.clientY - event.currentTarget.getBoundingClientRect().top
        if (Math.abs(x - from) <= SLACK) onPick?.(indexAt(x), nearest(layers, indexAt(x), y, shape, stacked))
        else if (indexAt(from) !== indexAt(x)) {
          onBrush?.(Math.min(indexAt(from), indexAt(x)), Math.max(indexAt(from), indexAt(x)))
        }
      }}
      onPointerCancel={stop}
      onPointerLeave={() => moveTo(null)}
    >
      <div ref={line} className="crosshair" style={{ top: MARGIN.top, height: shape.bottom - MARGIN.top }} hidden />
      <div ref={span} className="brush" style={{ top: MARGIN.top, height: shape.bottom - MARGIN.top }} hidden />
      {at !== null && <Dots at={at} layers={layers} shape={shape} />}
      {at !== null && (
        <Tooltip
          title={`${longTime(data.buckets[at] ?? '', data.grain)}${at === open ? ' · in progress' : ''}`}
          series={shown}
          ghosts={ghosts}
          index={at}
          x={shape.x(at)}
          width={width}
          total={stacked}
        />
      )}
    </div>
  )
}

function Dots({ at, layers, shape }: { at: number; layers: readonly Layer[]; shape: Geometry }) {
  return layers.map(({ series, tops }) => {
    const top = tops[at] ?? null
    return top === null ? null : (
      <span
        key={series.key}
        className="dot"
        style={{ left: shape.x(at), top: shape.y(top), background: series.color }}
      />
    )
  })
}

function spoken({ buckets, grain }: TimeSeries, shown: readonly Series[], index: number): string {
  const time = buckets[index]
  if (time === undefined) return 'No values'
  const values = shown.map(
    ({ label, values, format }) => `${label} ${formatValue(values[index] ?? null, format, 'exact')}`,
  )
  return `${longTime(time, grain)}: ${values.join(', ')}`
}

/** The series that is pointed at: in a stack the one below the pointer, otherwise the nearest. */
function nearest(layers: readonly Layer[], index: number, y: number, shape: Geometry, stacked: boolean) {
  if (stacked) return layers.find(({ tops }) => shape.y(tops[index] ?? 0) <= y)?.series.key
  const distances = layers.flatMap(({ series, tops }) => {
    const top = tops[index] ?? null
    return top === null ? [] : [{ key: series.key, distance: Math.abs(shape.y(top) - y) }]
  })
  return distances.sort((a, b) => a.distance - b.distance)[0]?.key
}
