export type { Attachment, Message, Severity } from './message.ts'
export { enqueue } from './outbox/enqueue.ts'
