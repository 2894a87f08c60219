export { checkEdited, checkProposal, type Proposal } from './check-proposal.ts'
export {
  checkProject,
  compileProject,
  createProjectLoader,
  loadProject,
  type Project,
  type ProjectLoader,
} from './load-project.ts'
