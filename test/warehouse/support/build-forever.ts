import { buildForever } from './generations.ts'

const [location = '', projectDir = ''] = process.argv.slice(2)
await buildForever(JSON.parse(location), projectDir)
