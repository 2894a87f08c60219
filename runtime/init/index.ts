export { type InitializedProject, initProject } from './init-project.ts'
export { withSchema } from './write/schemas.ts'
export { toYaml } from './write/yaml.ts'
