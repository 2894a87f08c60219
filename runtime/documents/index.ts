export { decodeText } from './decode-text.ts'
export { type Document, type Locate, type Path, type Problem, startOf, unreadable } from './document.ts'
export { readYaml } from './yaml-document.ts'
