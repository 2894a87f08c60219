export { finishCost, finishTokens } from './finish-usage.ts'
export { normaliseModel } from './model-name.ts'
