import { type Diagnostic, diagnostic, nearest } from '../../diagnostics/index.ts'
import { startOf } from '../../documents/index.ts'
import { KINDS, type KindOfFile } from '../kinds.ts'
import type { ProjectFiles } from './project-files.ts'
import { endingOf } from './read-definitions.ts'

/** Endings that belong beside definitions: notes, templates of reports, data. */
const QUIET = /\.(md|txt|hbs|html|csv|tsv|parquet|ndjson|jsonl|png|svg|d\.ts)$|(^|\/)(LICENSE|README|_[^/]*)$/i

/** A warning for a file that somebody may believe to be read. */
export function unusedFile(file: string, kind: KindOfFile): readonly Diagnostic[] {
  const ending = endingOf(file)
  if (ending === 'sql' && kind.kind !== 'models')
    return [unused(file, 'SQL models are read from the folder models/ only.', 'Move it there.')]
  if (/\.json$/i.test(file))
    return kind.kind === 'models'
      ? []
      : [unused(file, 'JSON files are not read.', 'Rename it to `.yml`: JSON is YAML as well.')]
  if (ending !== undefined || QUIET.test(file)) return []
  return [
    unused(
      file,
      'The file is not read: its name has none of the known endings.',
      'Definitions stand in `.yml`, `.yaml` or `.ts` files, models in `.sql` files.',
    ),
  ]
}

const unused = (file: string, message: string, hint: string) =>
  diagnostic('AM1011', message, { at: startOf(file), hint })

/** Warnings for folders whose names are nearly those that are read, and for a project without any. */
export function strayFolders(files: ProjectFiles): readonly Diagnostic[] {
  const wanted = Object.keys(KINDS)
  const folders = files.folders()
  const strays = folders.flatMap((folder) =>
    strayFolder(
      folder,
      wanted.filter((name) => !folders.includes(name)),
      files,
    ),
  )
  if (folders.some((folder) => wanted.includes(folder) && files.list(folder).length > 0)) return strays
  const message = 'The project has no definitions yet.'
  const hint =
    'Semantic models and metrics stand in metrics/, SQL models in models/, pages in dashboards/, alerts in alerts/.'
  return strays.length > 0 ? strays : [diagnostic('AM1019', message, { hint })]
}

function strayFolder(folder: string, wanted: readonly string[], files: ProjectFiles): readonly Diagnostic[] {
  const meant = wanted.includes(folder) ? undefined : nearest(folder, wanted)
  const [first] = meant === undefined ? [] : files.list(folder).filter((file) => endingOf(file) !== undefined)
  if (meant === undefined || first === undefined) return []
  return [
    diagnostic('AM1021', `The folder ${folder}/ is not read.`, {
      at: startOf(first),
      hint: `Did you mean \`${meant}/\`?`,
    }),
  ]
}
