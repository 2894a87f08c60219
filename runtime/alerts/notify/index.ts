export { firingOnes, inhibitorOf } from './inhibition.ts'
export { messagesOf } from './messages.ts'
export { groupKey, planMessages } from './plan-messages.ts'
export { isSilencedBy, maintenanceAt, type Silence } from './silence.ts'
