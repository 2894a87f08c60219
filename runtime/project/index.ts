export {
  checkProject,
  compileProject,
  createProjectLoader,
  loadProject,
  type Project,
  type ProjectLoader,
} from './load-project.ts'
