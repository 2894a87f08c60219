import { readFileSync } from 'node:fs'
import { packageFile } from './package-file.ts'

export function version(): string {
  const content: unknown = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'))
  return typeof content === 'object' && content !== null && 'version' in content ? String(content.version) : '0'
}
