import type { Mail } from '../../functions/domain/mail.ts';
import { commentAt, seat } from '../../functions/table/comments.ts';
import { erase, writerOf } from '../../functions/table/erasure.ts';
import { endSession, findLink, findSession, keepLink, openSession, spendLink } from '../../functions/table/links.ts';
import {
  choosePace,
  confirmMailbox,
  countMail,
  findMailbox,
  findSubscription,
  isSuppressed,
  markAsked,
  stopMail,
  subscribe,
  subscriptionsOf,
  suppress,
  unsubscribe,
} from '../../functions/table/mailboxes.ts';
import { addToDigest, claimMail, dueMails, putInOutbox, putOff, settleMail } from '../../functions/table/outbox.ts';
import { allowLink, forgetPerson, personOf, proveAddress, readersOf, trust } from '../../functions/table/people.ts';
import type { Table } from '../../functions/table/table.ts';
import { said } from '../support/content.ts';
import { NOW } from '../support/world.ts';
import type { Access } from './access.ts';

const LATER = new Date('2026-11-22T13:00:00.000Z');
const UNTIL = '2027-11-22T12:00:00.000Z';
const BOX = { sealed: 'x'.repeat(80), address: 'h1' };
const LINK = { person: 'p1', address: 'h1', to: 'open', until: UNTIL } as const;
const MAIL: Mail = { kind: 'published', comment: 'c1' };

const subscribed = (table: Table, comment = 'c1') =>
  subscribe(table, 'p1', BOX, { comment, post: 'post1', until: UNTIL });
const posted = (table: Table) => putInOutbox(table, 'm1', MAIL, { now: NOW });

export const MAIL_ACCESSES: Readonly<Record<string, Access>> = {
  'put in the outbox':
    ({ table }) =>
    () =>
      posted(table),
  'claim a mail': async ({ table }) => {
    await posted(table);
    return () => claimMail(table, 'm1', NOW, 60_000);
  },
  'settle a mail': async ({ table }) => {
    await posted(table);
    return () => settleMail(table, 'm1', 'sent');
  },
  'put a mail off': async ({ table }) => {
    await posted(table);
    return () => putOff(table, 'm1', LATER);
  },
  'mails that are due': async ({ table }) => {
    await posted(table);
    return () => dueMails(table, LATER, 10);
  },
  subscribe:
    ({ table }) =>
    () =>
      subscribed(table),
  mailbox:
    ({ table }) =>
    () =>
      findMailbox(table, 'p1', NOW),
  subscription:
    ({ table }) =>
    () =>
      findSubscription(table, 'p1', 'c1', NOW),
  subscriptions: async ({ table }) => {
    for (const comment of ['c1', 'c2', 'c3']) await subscribed(table, comment);
    return () => subscriptionsOf(table, 'p1', NOW);
  },
  'ask once': async ({ table }) => {
    await subscribed(table);
    return () => markAsked(table, 'p1', 'm1');
  },
  'confirm a mailbox': async ({ table }) => {
    await subscribed(table);
    return () => confirmMailbox(table, 'p1', NOW);
  },
  'choose a pace': async ({ table }) => {
    await subscribed(table);
    return () => choosePace(table, 'p1', 'daily');
  },
  'add to a digest': async ({ table }) => {
    const day = { person: 'p1', now: NOW, due: LATER };
    await addToDigest(table, 'd1', 'c1', day);
    return () => addToDigest(table, 'd1', 'c2', day);
  },
  'stop mail': async ({ table }) => {
    for (const comment of ['c1', 'c2', 'c3']) await subscribed(table, comment);
    return () => stopMail(table, 'p1');
  },
  unsubscribe: async ({ table }) => {
    await subscribed(table);
    return () => unsubscribe(table, 'p1', 'c1');
  },
  'count a mail':
    ({ table }) =>
    () =>
      countMail(table, 'h1', 'mails', { now: NOW, most: 10 }),
  erase: async ({ table, post }) => {
    const at = await seat(table, said(post, 'To be erased.'));
    return async () => {
      const comment = await commentAt(table, post.id, at);
      if (comment) await erase(table, comment, NOW.toISOString());
    };
  },
  'writer of a comment': async ({ table, post }) => {
    const at = await seat(table, said(post, 'To be erased.'));
    const comment = await commentAt(table, post.id, at);
    if (comment) await erase(table, comment, NOW.toISOString());
    const stone = await commentAt(table, post.id, at);
    return async () => stone && writerOf(table, stone);
  },
  'readers of a person': async ({ table }) => {
    for (const reader of ['r1', 'r2']) await trust(table, { id: 'c1', person: 'p1', reader });
    return () => readersOf(table, 'p1');
  },
  'forget a person': async ({ table }) => {
    for (const reader of ['r1', 'r2']) await trust(table, { id: 'c1', person: 'p1', reader });
    return () => forgetPerson(table, 'p1', 'h1');
  },
  'suppress an address':
    ({ table }) =>
    () =>
      suppress(table, 'h1', 'bounce', NOW),
  'is suppressed':
    ({ table }) =>
    () =>
      isSuppressed(table, 'h1'),
  'keep a link':
    ({ table }) =>
    () =>
      keepLink(table, 'token', LINK),
  link: async ({ table }) => {
    await keepLink(table, 'token', LINK);
    return () => findLink(table, 'token', 'open', NOW);
  },
  'prove an address': async ({ table }) => {
    await personOf(table, 'h1');
    return () => proveAddress(table, 'h1');
  },
  'allow a link': async ({ table }) => {
    const { person } = await personOf(table, 'h1');
    return () => allowLink(table, 'h1', person, NOW);
  },
  'spend a link': async ({ table }) => {
    await keepLink(table, 'token', LINK);
    return () => spendLink(table, 'token', 'open', NOW);
  },
  'open a session':
    ({ table }) =>
    () =>
      openSession(table, 'token', LINK),
  session:
    ({ table }) =>
    () =>
      findSession(table, 'token', NOW),
  'end a session': async ({ table }) => {
    await openSession(table, 'token', LINK);
    return () => endSession(table, 'token');
  },
};
