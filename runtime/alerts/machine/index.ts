export { type InstanceState, initialState, type Outcome, type Status, type Timing, type Transition } from './state.ts'
export { step } from './step.ts'
