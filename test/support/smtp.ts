import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export interface TestSmtp {
  readonly port: number
  readonly url: string
  /** What it took, in the order in which it came. */
  readonly mails: ParsedMail[]
  /** Answers what is left to do with the next mails, as an error with this reply code. */
  refuse(code: number | null): void
  /** Called after a mail was taken and before it is acknowledged. */
  hold(before: (() => Promise<void>) | null): void
  close(): Promise<void>
}

/** A mail server that parses what it gets; on a given port, so that it can come back where it was. */
export async function startSmtp(port = 0): Promise<TestSmtp> {
  const mails: ParsedMail[] = []
  let code: number | null = null
  let before: (() => Promise<void>) | null = null
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData: (stream, _session, callback) => {
      simpleParser(stream)
        .then(async (mail) => {
          if (code !== null) return callback(Object.assign(new Error('refused'), { responseCode: code }))
          mails.push(mail)
          await before?.()
          callback()
        })
        .catch(callback)
    },
  })
  server.on('error', () => undefined)
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const actual = (server.server.address() as AddressInfo).port
  return {
    port: actual,
    url: `smtp://127.0.0.1:${actual}`,
    mails,
    refuse: (next) => {
      code = next
    },
    hold: (next) => {
      before = next
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
