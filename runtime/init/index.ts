export { type InitializedProject, initProject } from './init-project.ts'
export { toYaml } from './write/yaml.ts'
