export { sourceOf, toEvent } from './canonical-event.ts'
export { createRecall } from './recall.ts'
export { createReceiver, type Received, type Receiver } from './receive.ts'
