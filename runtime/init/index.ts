export { type InitializedProject, initProject } from './init-project.ts'
