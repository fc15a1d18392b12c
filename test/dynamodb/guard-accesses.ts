import * as v from 'valibot';
import { settingsSchema } from '../../functions/domain/settings.ts';
import { announceImage, findImage, type ImageItem, settleImage } from '../../functions/table/images.ts';
import { spendProof } from '../../functions/table/proofs.ts';
import { chargeAccount, chargeAddress, chargePost } from '../../functions/table/quotas.ts';
import { readRules, saveRules } from '../../functions/table/rules.ts';
import { NOW } from '../support/world.ts';
import type { Access } from './access.ts';

const RATE = { perMinute: 1, burst: 5, perDay: 30 };
const SOMEBODY = { today: 'h1', yesterday: () => 'h0' };
const AT = NOW.toISOString();
const { rules } = v.parse(settingsSchema, {});
const IMAGE: ImageItem = { id: 'i1', state: 'waiting', type: 'image/png', alt: 'A chair.', account: 'a1', at: AT };

export const GUARD_ACCESSES: Readonly<Record<string, Access>> = {
  charge: async ({ table, post }) => {
    await chargePost(table, post.id, RATE, NOW);
    return () => chargePost(table, post.id, RATE, NOW);
  },
  'charge an address':
    ({ table }) =>
    () =>
      chargeAddress(table, 'comment', SOMEBODY, RATE, NOW),
  'charge an account': async ({ table }) => {
    await chargeAccount(table, 'images', 'a1', RATE, NOW);
    return () => chargeAccount(table, 'images', 'a1', RATE, NOW);
  },
  'charge an article':
    ({ table, post }) =>
    () =>
      chargePost(table, post.id, RATE, NOW),
  'spend a proof':
    ({ table }) =>
    () =>
      spendProof(table, 'n1', 'c1', NOW),
  rules:
    ({ table }) =>
    () =>
      readRules(table),
  'change the rules':
    ({ table }) =>
    () =>
      saveRules(table, { rules, who: 'ada', at: AT, ver: 1 }, 0),
  'announce an image':
    ({ table }) =>
    () =>
      announceImage(table, IMAGE),
  image:
    ({ table }) =>
    () =>
      findImage(table, 'i1'),
  'settle an image': async ({ table }) => {
    await announceImage(table, IMAGE);
    return () => settleImage(table, 'i1', { width: 800, height: 600 });
  },
};
