import { Loaded } from '../parts/section.tsx'
import { useResource } from '../parts/use-resource.ts'
import type { SectionProps } from '../sections.ts'
import { AccountForm, NoAccount } from './account-form.tsx'
import { DisplaySettings } from './display-settings.tsx'
import { PasswordForm } from './password-form.tsx'
import { SecondFactor } from './second-factor.tsx'
import { Sessions } from './sessions.tsx'

export interface OwnAccount {
  /** Null for who came in by a key or a one-time link. */
  readonly account: true | null
  readonly id?: string
  readonly email?: string
  readonly name?: string | null
  readonly org: string | null
  readonly role: string
  readonly user: string | null
  readonly second_factor?: boolean
  readonly second_factor_required: boolean
  readonly provider?: string
}

export function ProfilePage({ project }: SectionProps) {
  const account = useResource<OwnAccount>('/api/v1/account')
  return (
    <>
      <Loaded resource={account}>
        {(own) =>
          own.account === null ? (
            <NoAccount own={own} />
          ) : (
            <>
              <AccountForm own={own} onChange={account.reload} />
              {own.provider === 'password' && <PasswordForm email={own.email ?? ''} />}
              {own.provider === 'password' && <SecondFactor own={own} onChange={account.reload} />}
              <Sessions project={project} />
            </>
          )
        }
      </Loaded>
      <DisplaySettings project={project} />
    </>
  )
}
