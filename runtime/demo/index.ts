export { type Seeded, type SeedOptions, seedDemo } from './seed-demo.ts'
