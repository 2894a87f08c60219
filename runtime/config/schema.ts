import { type Static, type TSchema, Type } from '@sinclair/typebox'

const strict = <T extends Record<string, TSchema>>(properties: T, description: string) =>
  Type.Object(properties, { additionalProperties: false, description })
const optional = Type.Optional
const text = (description: string) => Type.String({ minLength: 1, description })

const Warehouse = Type.Union(
  [
    strict(
      {
        type: Type.Literal('duckdb'),
        path: optional(text('File, from the project folder; `:memory:` keeps nothing. `warehouse.duckdb` by default.')),
        memoryLimit: optional(text('Such as `4GB`; by default half of what the machine or the container has.')),
        threads: optional(Type.Integer({ minimum: 1, description: 'Threads; one for each core by default.' })),
        connections: optional(
          Type.Integer({ minimum: 1, maximum: 64, description: 'Queries at a time; 4 by default.' }),
        ),
      },
      'DuckDB, embedded in the process.',
    ),
    strict(
      {
        type: Type.Literal('postgres'),
        url: text('postgres://user:password@host:5432/database; the password usually from the environment.'),
        schema: optional(text('Schema of the models; `public` by default.')),
        connections: optional(Type.Integer({ minimum: 1, maximum: 256, description: 'Connections; 8 by default.' })),
      },
      'A PostgreSQL server.',
    ),
  ],
  { discriminator: { propertyName: 'type' }, description: 'Where the data is; `type` says in which engine.' },
)

const Tenancy = Type.Union(
  [
    Type.Literal(false),
    strict(
      { key: Type.String({ pattern: '^[a-z][a-z0-9_]*$', description: 'Tenant column, such as `org_id`.' }) },
      'Tenants.',
    ),
  ],
  { description: '{ key: org_id } names the tenant column; false means one tenant.' },
)

const Identity = strict(
  {
    relation: text('Relation that holds the users.'),
    key: text('Column with the id of the user.'),
    attributes: optional(
      Type.Record(Type.String(), Type.String(), {
        description: 'Attributes of a caller and the columns they come from: `user.<name>` in access rules.',
      }),
    ),
    people: optional(
      strict(
        {
          relation: optional(text('Relation with a row for each person; that of the attributes by default.')),
          key: optional(text('Column with the id of the user; that of the attributes by default.')),
          email: text('Column with the e-mail address.'),
        },
        'How who signs in with an account is found in the warehouse: by the e-mail address.',
      ),
    ),
  },
  'Where the attributes of a caller are looked up in the warehouse.',
)

const Store = Type.Union(
  [
    strict({ path: text('Folder, from the project folder.') }, 'Embedded.'),
    strict({ url: text('postgres://…') }, 'A PostgreSQL server.'),
  ],
  { description: '{ path: folder } embedded, or { url: postgres://… }. `.metrics/store` by default.' },
)

const Server = strict(
  {
    port: optional(Type.Integer({ minimum: 0, maximum: 65_535, description: '4000 by default.' })),
    host: optional(text('Address to listen on; 127.0.0.1 by default.')),
    url: optional(text('Address people reach it by, for links in messages.')),
  },
  'The server.',
)

const Smtp = Type.Union(
  [
    text('smtp://user:password@host:587, or smtps://; the password usually from the environment.'),
    strict(
      {
        host: text('Host of the mail server.'),
        port: optional(
          Type.Integer({ minimum: 1, maximum: 65_535, description: '587 by default, 465 where `secure`.' }),
        ),
        secure: optional(Type.Boolean({ description: 'TLS from the start; otherwise it begins with STARTTLS.' })),
        user: optional(text('User to sign in as.')),
        password: optional(text('Usually from the environment.')),
      },
      'The mail server.',
    ),
  ],
  { description: 'The mail server: an address, or { host, port, secure, user, password }.' },
)

const Mail = strict(
  { smtp: Smtp, from: optional(text('Sender, such as `Agent Metrics <metrics@example.org>`.')) },
  'How e-mail is sent.',
)

const Delivery = strict(
  {
    allow_internal: optional(
      Type.Array(Type.String({ minLength: 1 }), {
        description: 'Internal hosts, addresses and networks that channels may reach: `hooks.internal`, `10.1.0.0/16`.',
      }),
    ),
    attempts: optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description: 'Attempts before a message is given up; 100 by default, about 16 hours.',
      }),
    ),
  },
  'How messages are delivered.',
)

const limit = (description: string) =>
  Type.Union([Type.String({ pattern: '^[1-9][0-9]* (day|week|month|year)s?$' }), Type.Literal(false)], { description })

const Retention = strict(
  {
    events: optional(limit('Events and models tagged `detail`: such as `13 months`, the default; false keeps all.')),
    aggregates: optional(limit('Models tagged `aggregate`: such as `3 years`, the default; false keeps all.')),
  },
  'How old data becomes before it is deleted.',
)

const PullRequests = strict(
  {
    provider: Type.Union([Type.Literal('github'), Type.Literal('gitlab')], { description: 'Where the repository is.' }),
    repository: Type.String({
      pattern: '^[\\w.-]+(/[\\w.-]+)+$',
      description: '`owner/name`; with GitLab also `group/subgroup/name`.',
    }),
    token: text('Token that may write to it: `${env:GITHUB_TOKEN}`.'),
    base: optional(text('Branch that changes go to; `main` by default.')),
    path: optional(text('Folder of the project within the repository; its root by default.')),
    api: optional(
      Type.String({
        pattern: '^https?://',
        description: 'Base of the API, for a server of your own; the public one by default.',
      }),
    ),
  },
  'The repository that changes made in the browser are proposed to.',
)

/** `metrics.config.ts`: the project. */
export const ProjectConfig = strict(
  {
    name: text('Name of the project.'),
    warehouse: optional(Warehouse),
    tenancy: optional(Tenancy),
    timezone: optional(text('IANA name, such as `Europe/Berlin`; `UTC` by default.')),
    weekStart: optional(
      Type.Unsafe<'monday' | 'sunday'>({
        type: 'string',
        enum: ['monday', 'sunday'],
        description: 'First day of the week; monday by default.',
      }),
    ),
    identity: optional(Identity),
    store: optional(Store),
    server: optional(Server),
    demo: optional(text('TypeScript module that generates demo data, from the project folder.')),
    mail: optional(Mail),
    delivery: optional(Delivery),
    pull_requests: optional(PullRequests),
    retention: optional(Retention),
    ingest: optional(Type.Record(Type.String(), Type.Unknown(), { description: 'Ingestion of events.' })),
  },
  'The configuration of a project.',
)
export type ProjectConfig = Static<typeof ProjectConfig>
