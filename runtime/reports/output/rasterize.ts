import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { initWasm, Resvg } from '@resvg/resvg-wasm'

let started: Promise<void> | undefined
let fonts: readonly Uint8Array[] | undefined

/** A drawing as PNG, twice as fine as it is wide. */
export async function rasterize(svg: string, width: number): Promise<Uint8Array> {
  started ??= start()
  await started
  fonts ??= findFonts()
  const resvg = new Resvg(svg, {
    background: '#ffffff',
    fitTo: { mode: 'width', value: width * 2 },
    font: { fontBuffers: [...fonts], defaultFontFamily: 'Liberation Sans', sansSerifFamily: 'Liberation Sans' },
  })
  const image = resvg.render()
  try {
    return image.asPng()
  } finally {
    image.free()
    resvg.free()
  }
}

async function start() {
  const file = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')
  await initWasm(readFileSync(file))
}

const FOLDERS = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  join(homedir(), '.fonts'),
  '/Library/Fonts',
  '/System/Library/Fonts',
  'C:\\Windows\\Fonts',
]
const FAMILIES = [
  /^LiberationSans-(Regular|Bold)\.ttf$/,
  /^DejaVuSans(-Bold)?\.ttf$/,
  /^(arial|arialbd)\.ttf$/i,
  /^Helvetica\.ttc$/,
  /\.ttf$/i,
]

/** Fonts of the system, the first family there is. Without any, pictures have no words and mails have their text. */
function findFonts(): readonly Uint8Array[] {
  const files = FOLDERS.flatMap((folder) => filesIn(folder))
  for (const family of FAMILIES) {
    const found = files.filter((file) =>
      family.test(file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)),
    )
    if (found.length > 0) return found.slice(0, 2).map((file) => readFileSync(file))
  }
  return []
}

function filesIn(folder: string, depth = 4): readonly string[] {
  if (depth === 0 || !existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesIn(path, depth - 1) : [path]
  })
}
