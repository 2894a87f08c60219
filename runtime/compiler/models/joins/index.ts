export { buildJoinGraph, type JoinGraph } from './join-graph.ts'
