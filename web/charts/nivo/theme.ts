import type { PieSvgProps } from '@nivo/pie'

/** Nivo in the words of the design system: it sets these as styles, so tokens work. */
export const NIVO_THEME: NonNullable<PieSvgProps<{ id: string; value: number }>['theme']> = {
  text: { fontSize: 11, fontFamily: 'var(--font)', fill: 'var(--axis)' },
  axis: {
    ticks: { line: { stroke: 'none' }, text: { fontSize: 11, fill: 'var(--axis)' } },
    domain: { line: { stroke: 'none' } },
  },
  grid: { line: { stroke: 'var(--grid)', strokeWidth: 1 } },
  tooltip: { container: { background: 'none', padding: 0, boxShadow: 'none' } },
}
