export { type DeadLetter, type DeadLetterFilter, listDeadLetters } from './list-dead-letters.ts'
export { type ReplayReport, replayDeadLetters } from './replay-dead-letters.ts'
