export { type Backtest, backtest } from './backtest.ts'
export { chartPage, svgChart } from './chart-svg.ts'
export { textChart } from './chart-text.ts'
export { type Expectation, testAlert } from './test-alert.ts'
