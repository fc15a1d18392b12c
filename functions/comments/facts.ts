import { nameSlug } from '../domain/post.ts';
import { checkProof, type Proof } from '../domain/proof.ts';
import type { Fact } from '../domain/rules.ts';
import { readEnv } from '../env.ts';
import { type Call, isJson, param } from '../http/call.ts';
import { readKeys } from '../keys.ts';
import { authorLookingLike } from '../table/authors.ts';
import { type AddressItem, findPerson, isTrusted } from '../table/people.ts';
import { spendProof } from '../table/proofs.ts';
import type { Table } from '../table/table.ts';
import type { Submission } from './submission.ts';

/** What is known as a comment comes, for the rules. A proof of work is spent by it. */
export async function factsOf(
  table: Table,
  call: Call<Submission>,
  { id, address, reader, now }: { id: string; address: AddressItem; reader: string; now: Date },
): Promise<Fact[]> {
  const { input } = call;
  const [{ blocked }, trusted, named, proof] = await Promise.all([
    findPerson(table, address.person),
    isTrusted(table, address.person, reader),
    authorLookingLike(table, input.name),
    proofOf(table, call, id, now),
  ]);
  const isAuthors = address.author !== undefined || named === nameSlug(input.name);
  const facts: [Fact, boolean][] = [
    ['trusted', trusted],
    ['blocked', blocked],
    ['author', isAuthors],
    ['lookalike', named !== null && !isAuthors],
    ['scripted', isJson(call)],
    ['trapped', input.topic !== ''],
  ];
  return [...facts.filter(([, holds]) => holds).map(([fact]) => fact), ...(proof ? [proof] : [])];
}

/** Where no proof is asked for, none is missing. */
async function proofOf(
  table: Table,
  call: Call<Submission>,
  comment: string,
  now: Date,
): Promise<NonNullable<Proof>['fact'] | null> {
  const { settings } = readEnv();
  const { proofKey } = readKeys();
  if (!settings.proof) return 'proved';
  if (!call.input.proof) return null;
  const proof = checkProof(proofKey, call.input.proof, param(call, 'slug'), settings.proof, now);
  return proof && (await spendProof(table, proof.nonce, comment, now)) ? proof.fact : null;
}
