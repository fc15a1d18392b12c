import * as v from 'valibot';
import { REFUSED_DAYS } from './retention.ts';
import { rulesSchema } from './rules.ts';

const positive = v.pipe(v.number(), v.minValue(0.001));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const line = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max));

/** What CloudWatch Logs takes. */
const LOG_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** With a zone of Route 53, the certificate and the records are made; a certificate alone is for a domain whose DNS is elsewhere. */
const domain = v.pipe(
  v.strictObject({
    name: v.pipe(
      v.string(),
      v.regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/),
    ),
    zone: v.optional(v.pipe(v.string(), v.regex(/^Z[A-Z0-9]{1,31}$/))),
    certificate: v.optional(
      v.pipe(v.string(), v.regex(/^arn:aws:acm:us-east-1:[0-9]{12}:certificate\/[A-Za-z0-9-]{1,64}$/)),
    ),
  }),
  v.check(({ zone, certificate }) => zone !== undefined || certificate !== undefined),
);
/** A place on the site, or elsewhere on the web. */
const link = v.strictObject({
  label: line(40),
  href: v.pipe(v.string(), v.trim(), v.maxLength(300), v.regex(/^(?:\/(?![/\\])|https?:\/\/|mailto:)\S*$/)),
});
const links = (most: number) => v.pipe(v.array(link), v.maxLength(most));

/** Of the site's name and its furniture: what a settings file may hold, and what authors may change. */
export const siteEntries = {
  title: v.optional(line(80), 'Stoa'),
  tagline: v.optional(line(200), 'A place to talk with people, not at them'),
  language: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)), 'en'),
  owner: v.optional(line(80), 'The authors'),
  /** The owner's card on the front page: without a bio and links there is none. */
  bio: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500)), ''),
  links: v.optional(links(8), []),
  menu: v.optional(links(8), [{ label: 'Archive', href: '/page/1/' }]),
  footer: v.optional(links(12), []),
};

export type SiteWords = { [K in keyof typeof siteEntries]: v.InferOutput<(typeof siteEntries)[K]> };

/** Requests a second, and how many may come at once. `null` switches the throttle off. */
const throttle = (rate: number, burst: number) =>
  v.optional(v.nullable(v.strictObject({ rate: v.optional(positive, rate), burst: v.optional(count, burst) })), {});

const address = v.pipe(v.string(), v.trim(), v.maxLength(254), v.email());

/** How often moderators hear of what waits. */
export const DIGESTS = ['at-once', 'hourly', 'daily'] as const;

export const mailSettings = v.strictObject({
  /** The one address that mails come from. */
  from: address,
  /** Who hears of comments that wait. */
  moderators: v.optional(v.pipe(v.array(address), v.maxLength(20)), []),
  digest: v.optional(v.picklist(DIGESTS), 'at-once'),
  /** How long a commenter's address is kept after they last asked for mail. */
  keepDays: v.optional(v.pipe(count, v.maxValue(3650)), 365),
  /** Mails a day to one address: to a commenter, links among them, and to a moderator. */
  perDay: v.optional(
    v.strictObject({ person: v.optional(count, 20), links: v.optional(count, 3), moderator: v.optional(count, 50) }),
    {},
  ),
});

const origin = v.pipe(v.string(), v.regex(/^https:\/\/[a-z0-9.-]+(?::[0-9]+)?$/));
/** Without TLS on this machine alone. */
const secure = v.pipe(v.string(), v.url(), v.regex(/^(?:https:\/\/|http:\/\/127\.0\.0\.1[:/])[^?#@]+$/));

/**
 * Another OpenID provider than the one that Stoa brings. Its access tokens are JWTs, signed by RS256, with the scope
 * `stoa/write`, this audience, and the groups of an account in a claim of their own.
 */
export const signInSettings = v.strictObject({
  /** As its tokens name it, and as it says in its discovery document. */
  issuer: secure,
  clientId: line(200),
  audience: v.optional(line(200)),
  groupsClaim: v.optional(line(100), 'groups'),
  /** Where signing out ends, for a provider that does not say so itself. */
  signOutUrl: v.optional(v.pipe(v.string(), v.url(), v.regex(/^https:\/\//))),
  /** Origins of its endpoints, where they are not the issuer's own. */
  endpoints: v.optional(v.pipe(v.array(origin), v.maxLength(4)), []),
});

/** A service of others that gives a second opinion on comments, once they are kept and before they are seen. */
export const opinionSettings = v.pipe(
  v.strictObject({
    service: v.picklist(['akismet', 'webhook']),
    /** Where the webhook is. Akismet's own is known. */
    url: v.optional(secure),
    /** So long the writer waits for it at most; the function has five seconds in all. */
    seconds: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(3)), 2),
  }),
  v.check(({ service, url }) => service === 'akismet' || url !== undefined),
);

/** What an operator may set, with its defaults. Every limit may be `null`, which switches it off. */
export const settingsSchema = v.strictObject({
  site: v.optional(
    v.strictObject({
      ...siteEntries,
      /** The public origin, `https://blog.example.org`; canonical links are written only when it is set. */
      address: v.optional(v.pipe(v.string(), v.url(), v.regex(/^https?:\/\/[^/?#@]+$/))),
    }),
    {},
  ),
  signIn: v.optional(signInSettings),
  /** Left out: none in AWS, the outbox folder on one machine. `null`: none. */
  mail: v.optional(v.nullable(mailSettings)),
  limits: v.optional(
    v.strictObject({
      address: v.optional(
        v.nullable(
          v.strictObject({
            perMinute: v.optional(positive, 1),
            burst: v.optional(count, 5),
            perDay: v.optional(count, 30),
          }),
        ),
        {},
      ),
      post: v.optional(
        v.nullable(v.strictObject({ perMinute: v.optional(positive, 20), burst: v.optional(count, 40) })),
        {},
      ),
      pending: v.optional(v.nullable(count), 500),
      /** How long its writer may change a comment; 0: not at all. */
      editMinutes: v.optional(v.nullable(v.pipe(v.number(), v.minValue(0))), 15),
      /** How long what was refused, or filed as spam, is kept. */
      refusedDays: v.optional(v.nullable(v.pipe(count, v.maxValue(3650))), REFUSED_DAYS),
      throttle: v.optional(
        v.nullable(
          v.strictObject({
            comment: throttle(5, 10),
            challenge: throttle(10, 20),
            admin: throttle(5, 10),
            subscribe: throttle(1, 5),
            rest: throttle(20, 40),
          }),
        ),
        {},
      ),
    }),
    {},
  ),
  /** What is known of the rules before a moderator changed them. */
  rules: v.optional(rulesSchema, {}),
  /** Proof of work, for what is sent by a script. */
  proof: v.optional(
    v.nullable(
      v.strictObject({
        work: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000)), 50_000),
        minutes: v.optional(count, 10),
        seconds: v.optional(count, 3),
      }),
    ),
    {},
  ),
  /** Without one, nobody else is shown a comment before it is published. */
  opinion: v.optional(v.nullable(opinionSettings), null),
  conversation: v.optional(
    v.strictObject({
      /** An article takes no more comments so many days after it was published. */
      closeAfterDays: v.optional(v.nullable(count), null),
      /** So many readers' reports take a comment from its page until a moderator has looked. */
      holdAfterReports: v.optional(v.nullable(count), 3),
    }),
    {},
  ),
  /** For the stacks alone; on one machine there is nothing that it could change. */
  aws: v.optional(
    v.strictObject({
      domain: v.optional(domain),
      /** Whom alarms reach by mail; what the account may cost in a month, in US dollars, before one is raised. `null` switches the budget off. */
      alarms: v.optional(
        v.strictObject({
          email: v.optional(v.pipe(v.string(), v.email())),
          budget: v.optional(v.nullable(positive), 10),
        }),
        {},
      ),
      /** Of every function's log and the API's. */
      logDays: v.optional(v.picklist(LOG_DAYS), 30),
      /** The generation: raised by one, a new secret is sent, and the one before is accepted beside it. */
      originSecret: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(999_999)), 1),
    }),
    {},
  ),
});

export type Settings = v.InferOutput<typeof settingsSchema>;
export type SignInSettings = v.InferOutput<typeof signInSettings>;
export type MailSettings = v.InferOutput<typeof mailSettings>;
/** What pages show of it; `mails`: people may ask to be mailed; `asks`: who else is shown a comment; `ver` is raised by each change that an author made. */
export type Site = Settings['site'] & { mails?: boolean; asks?: string; ver?: number };
export type Domain = NonNullable<Settings['aws']['domain']>;
