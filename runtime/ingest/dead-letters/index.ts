export { type DeadLetter, type DeadLetterFilter, listDeadLetters, type Page } from './list-dead-letters.ts'
export { type ReplayOptions, type ReplayReport, replayDeadLetters } from './replay-dead-letters.ts'
