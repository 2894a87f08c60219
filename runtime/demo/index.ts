export { createLiveDemo } from './live-demo.ts'
export { type Seeded, type SeedOptions, seedDemo } from './seed-demo.ts'
