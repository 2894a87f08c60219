#!/usr/bin/env node
import { ensureBuilt, root } from './build.js'

ensureBuilt()
await import(new URL('dist/cli/index.js', root).href)
