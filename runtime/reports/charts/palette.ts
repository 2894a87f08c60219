/** Colours on white: reports are printed, and mail shows their pictures on a light ground. */
export const INK = '#11151c'
export const MUTED = '#5a6475'
export const GRID = '#e6e9ee'
export const OTHER = '#8a93a3'
export const GOOD = '#0f9d79'
export const WARN = '#c9830a'
export const BAD = '#c93445'
const SERIES = ['#2b6cc4', '#c77414', '#0a8268', '#a83f70', '#8f52dc', '#7d8020'] as const
export const HEAT = ['#eaf6fc', '#bbdff5', '#8dc7ef', '#61ade9', '#3491e3', '#3176c4', '#2b5ca6', '#244488'] as const

export function seriesColor(index: number): string {
  return SERIES[index % SERIES.length] ?? OTHER
}
