export { compileProject, createProjectLoader, loadProject, type Project, type ProjectLoader } from './load-project.ts'
export { onlyTenant, tenantsOf } from './tenants.ts'
