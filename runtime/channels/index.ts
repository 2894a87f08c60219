export { enqueue } from './enqueue.ts'
export type { Attachment, Message, Severity } from './message.ts'
