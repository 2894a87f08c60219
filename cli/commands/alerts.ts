import { Argument, type Command } from 'commander'
import { wrongOption } from '../caller.ts'
import type { CommandModule } from '../command.ts'

const ACTIONS = ['list', 'check', 'backtest', 'silence', 'score'] as const

export const command: CommandModule = {
  define,
  formats: ['csv'],
  run: async (call) => {
    const [action] = call.args
    switch (action) {
      case 'score':
        return (await import('./alerts/score.ts')).score(call)
      case 'check':
        return (await import('./alerts/check.ts')).check(call)
      case 'backtest':
        return (await import('./alerts/backtest.ts')).backtest(call)
      case 'silence':
        return (await import('./alerts/silence.ts')).silence(call)
      case 'list':
        return (await import('./alerts/list.ts')).list(call)
      default:
        throw wrongOption(`'${action}' is no action.`, `One of ${ACTIONS.join(', ')}.`)
    }
  },
}

function define(command: Command) {
  command
    .addArgument(new Argument('<action>', 'what to do').choices([...ACTIONS]))
    .argument('[name]', 'the alert')
    .option('--org <org>', 'tenant; all of them, or the only one, by default')
    .option('--series <file>', 'score: CSV of timestamp and value; - reads standard input')
    .option('--from <date>', 'backtest: first day or instant')
    .option('--to <date>', 'backtest: last day or instant, inclusive')
    .option('--out <file>', 'backtest: chart as .html, .svg or .png; score: CSV')
    .option('--for <length>', 'silence: how long, such as 2h or 3d')
    .option('--until <date>', 'silence: when it ends')
    .option('--reason <text>', 'silence: why')
    .option('--label <pairs...>', 'silence: only instances with name=value; * stands for any text')
    .option('--end <id>', 'silence: end this one')
}
