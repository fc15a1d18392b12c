import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as v from 'valibot';
import { afterAll } from 'vitest';
import { settingsSchema } from '../../functions/domain/settings.ts';
import type { Options } from '../../infra/aws/options.ts';
import { addStoa } from '../../infra/aws/stoa.ts';

const CDK = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));

const folder = mkdtempSync(join(tmpdir(), 'stoa-stacks-'));
afterAll(() => rmSync(folder, { recursive: true }));

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DependsOn?: string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export type Resources = Readonly<Record<string, Resource>>;

/** The stacks as they are synthesized, without bundling the functions' code. */
export function makeStacks(options: Partial<Options> = {}, settings: object = {}) {
  const context = { ...CDK.context, 'aws:cdk:bundling-stacks': [] };
  const app = new App({ context, outdir: mkdtempSync(join(folder, 'synth-')) });
  const chosen = { stage: 'test', region: 'us-east-1', ...options };
  const stacks = addStoa(app, chosen, v.parse(settingsSchema, settings));
  return { app, ...stacks };
}

/** A stack's resources by logical id. Throws where they depend on each other in a circle. */
export function resourcesOf(stack: Stack): Resources {
  return Template.fromStack(stack).toJSON().Resources;
}

export function ofType(resources: Resources, type: string): [string, Resource][] {
  return Object.entries(resources).filter(([, { Type }]) => Type === type);
}

export function onlyOne(resources: Resources, type: string): Resource {
  const found = ofType(resources, type);
  if (found.length !== 1) throw new Error(`expected one ${type}, got ${found.length}`);
  return (found[0] as [string, Resource])[1];
}

/** CloudFormation functions written as text: `<Table>` for what it refers to. */
export function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[fn, given] = ['', '']] = Object.entries(value as Record<string, unknown>);
  if (fn === 'Fn::Join') return (given as [string, unknown[]])[1].map(plain).join((given as [string, unknown[]])[0]);
  if (fn === 'Fn::GetAtt') return `<${(given as string[]).join('.')}>`;
  return `<${String(given)}>`;
}
