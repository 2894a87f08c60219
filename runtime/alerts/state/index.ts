export * from './instances.ts'
export * from './overrides.ts'
export * from './silences.ts'
