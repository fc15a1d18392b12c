import { print } from '../output.ts';
import type { Manifest } from './manifest.ts';

const WORDS: Readonly<Record<string, string>> = {
  meta: 'articles and pages',
  body: 'revisions',
  seat: 'comments with a seat',
  wait: 'comments that wait or waited',
  address: 'addresses',
  author: 'authors',
  media: 'pictures, in all sizes',
};

export function showCounts(verb: string, counts: Manifest['counts'], json: boolean): void {
  print(counts, json, () => Object.entries(WORDS).map(([kind, words]) => [verb, String(counts[kind] ?? 0), words]));
}
