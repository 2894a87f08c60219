export { firingOnes, inhibitorOf } from './inhibition.ts'
export { messagesOf } from './messages.ts'
export { groupKey, planMessages } from './plan-messages.ts'
export { isMaintained, isSilencedBy, type Silence } from './silence.ts'
