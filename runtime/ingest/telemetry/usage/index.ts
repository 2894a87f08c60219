export { finishCost, finishTokens, isNothing } from './finish-usage.ts'
export { normaliseModel } from './model-name.ts'
