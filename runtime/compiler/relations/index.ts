export { compileRelations, type RelationSet } from './compile-relations.ts'
