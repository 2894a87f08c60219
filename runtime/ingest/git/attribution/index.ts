export { type Attribution, attribute, sessionOf } from './attribute.ts'
