export { type FileChange, planRename } from './rename.ts'
