/** What a provider says of the person who proved to be themselves. */
export interface Claims {
  /** Id of the person with the provider; for local accounts the id of the account. */
  readonly subject: string
  readonly email: string
  readonly name: string | null
  /** Groups, organisation and whatever else the provider tells; mapped to role and tenant by the configuration. */
  readonly attributes: Readonly<Record<string, unknown>>
}

/** How a sign-in goes on: at the provider, or with a form of ours. */
export type Begun =
  | {
      readonly kind: 'redirect'
      readonly url: string
      /** Kept with the browser until it comes back. */
      readonly state: string
    }
  | { readonly kind: 'form'; readonly fields: readonly FormField[] }

export interface FormField {
  readonly name: string
  readonly label: string
  readonly type: 'email' | 'password' | 'text'
  readonly autocomplete: string
}

/** What came back: the fields of the form, or the parameters of the redirect. */
export interface Reply {
  readonly fields: Readonly<Record<string, string>>
  /** What `begin` gave to keep. */
  readonly state?: string
  /** Where the request comes from. */
  readonly address: string
}

export type Outcome =
  | { readonly kind: 'proved'; readonly claims: Claims }
  | { readonly kind: 'refused'; readonly reason: string }
  /** Too many attempts. */
  | { readonly kind: 'wait'; readonly seconds: number }

/** Somebody who can say who a person is: local passwords, or a server of OpenID Connect or SAML. */
export interface IdentityProvider {
  /** As accounts note where they come from. */
  readonly name: string
  /** On its button of the sign-in page. */
  readonly label: string
  begin(request: { readonly returnTo: string }): Promise<Begun>
  complete(reply: Reply): Promise<Outcome>
}
