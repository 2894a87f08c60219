import type { SendMailOptions, Transporter } from 'nodemailer'
import type { ResolvedConfig } from '../../config/index.ts'
import type { Outcome } from './sender.ts'

/** The mail server of the configuration. */
export interface Mailer {
  readonly from: string | null
  send(mail: SendMailOptions): Promise<Outcome>
  close(): void
}

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 }

export function createMailer(config: ResolvedConfig['mail']): Mailer {
  let opened: Promise<Transporter> | undefined
  const open = async () => {
    const { createTransport } = await import('nodemailer')
    const smtp = config?.smtp ?? ''
    const server = typeof smtp === 'string' ? { url: smtp } : settingsOf(smtp)
    return createTransport({ ...TIMEOUTS, disableFileAccess: true, disableUrlAccess: true, ...server })
  }
  return {
    from: config?.from ?? null,
    send: async (mail) => {
      if (config === null) return unready('Mail is not set up: add `mail: { smtp, from }` to metrics.config.ts.')
      opened ??= open()
      try {
        const { accepted = [], rejected = [], response = '' } = await (await opened).sendMail(mail)
        const refused = (rejected as readonly unknown[]).map(String)
        if (refused.length > 0 && accepted.length === 0) return unready(`Every address was refused: ${response}`)
        return { ok: true, response: refused.length === 0 ? response : `${response}; refused: ${refused.join(', ')}` }
      } catch (error) {
        return toOutcome(error)
      }
    },
    close: () => void opened?.then((transport) => transport.close()).catch(() => undefined),
  }
}

type Smtp = Exclude<NonNullable<ResolvedConfig['mail']>['smtp'], string>

const settingsOf = ({ host, password, port, secure, user }: Smtp) => ({
  host,
  port: port ?? (secure === true ? 465 : 587),
  secure: secure ?? port === 465,
  ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
})

/** A reply of 5xx to the message itself is final; what is wrong with the server or the sign-in may be mended. */
function toOutcome(error: unknown): Outcome {
  if (!(error instanceof Error)) throw error
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  const final = responseCode !== undefined && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')
  const response = responseCode === undefined ? null : String(responseCode)
  return { ok: false, error: `The mail server: ${error.message}`, response, retry: !final }
}

const unready = (error: string): Outcome => ({ ok: false, error, response: null, retry: true })
