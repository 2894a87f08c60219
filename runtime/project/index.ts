export { checkEdited, checkProposal, createEditedLoader, type Proposal } from './check-edited.ts'
export {
  checkProject,
  compileProject,
  createProjectLoader,
  loadProject,
  type Project,
  type ProjectLoader,
} from './load-project.ts'
