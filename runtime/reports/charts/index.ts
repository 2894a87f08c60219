import { drawBoard } from './board-chart.ts'
import type { Chart, Size } from './chart.ts'
import { drawGauge } from './gauge-chart.ts'
import { drawHeatmap } from './heatmap-chart.ts'
import { drawMap } from './map-chart.ts'
import { drawBars, drawDonut } from './slice-charts.ts'
import { drawTimeChart } from './time-chart.ts'

export type { Chart, ChartSeries, Size, Slice } from './chart.ts'
export { drawSparkline } from './sparkline.ts'
export { escapeXml } from './svg.ts'

/** Draws a chart as SVG. Bars and heatmaps are as high as they need. */
export function drawChart(chart: Chart, size: Size): string {
  switch (chart.kind) {
    case 'line':
    case 'area':
    case 'columns':
      return drawTimeChart(chart, size)
    case 'bars':
      return drawBars(chart, size)
    case 'donut':
      return drawDonut(chart, size)
    case 'gauge':
      return drawGauge(chart, size)
    case 'heatmap':
      return drawHeatmap(chart, size)
    case 'board':
      return drawBoard(chart, size)
    case 'map':
      return drawMap(chart, size)
  }
}
