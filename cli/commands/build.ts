import { runBuild } from '../build-models.ts'
import { type CommandModule, listOption } from '../command.ts'

export const command: CommandModule = {
  define: (command) =>
    void command
      .option('--select <names...>', 'only these models: name, +name (with what it reads), name+ (with what reads it)')
      .option('--full-refresh', 'build incremental models from the beginning'),
  run: (call) => {
    const select = listOption(call.options, 'select')
    return runBuild(call, {
      ...(select.length > 0 && { select }),
      ...(call.options.fullRefresh === true && { fullRefresh: true }),
    })
  },
}
