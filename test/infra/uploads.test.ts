import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import { bundleOptions, bundlingWith } from '../../infra/aws/bundling.ts';
import { makeStacks, ofType, plain, type Resource, resourcesOf } from '../support/stacks.ts';

const resources = resourcesOf(makeStacks().site);
const folder = mkdtempSync(join(tmpdir(), 'stoa-native-'));
afterAll(() => rmSync(folder, { recursive: true }));

const [[bucketId, bucket]] = ofType(resources, 'AWS::S3::Bucket') as [[string, Resource]];

describe('the bucket that pictures are sent to', () => {
  test('is private, and forgets everything after a day', () => {
    expect(bucket.Properties).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 1 }] },
    });
    const policies = ofType(resources, 'AWS::S3::BucketPolicy').filter(([id]) => id.startsWith('UploadsPolicy'));
    const [[, policy]] = policies as [[string, Resource]];
    const { Statement } = policy.Properties.PolicyDocument as { Statement: { Effect: string }[] };
    expect(Statement.map(({ Effect }) => Effect)).toEqual(['Deny']);
  });

  test('takes forms from any page, and nothing but forms', () => {
    expect(bucket.Properties.CorsConfiguration).toEqual({
      CorsRules: [{ AllowedMethods: ['POST'], AllowedOrigins: ['*'] }],
    });
  });

  test('has the function told of each object, which nobody else is', () => {
    expect(bucket.Properties.NotificationConfiguration).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
    const rules = ofType(resources, 'AWS::Events::Rule').filter(([, { Properties }]) => Properties.EventPattern);
    const [[, rule]] = rules as [[string, Resource]];
    const { EventPattern, Targets } = rule.Properties as { EventPattern: object; Targets: { Arn: unknown }[] };
    expect(rules).toHaveLength(1);
    expect(EventPattern).toEqual({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: [{ Ref: bucketId }] } },
    });
    expect(Targets.map(({ Arn }) => plain(Arn))).toEqual([expect.stringMatching(/^<Functionsimages/)]);
  });
});

describe('the function that makes pictures', () => {
  const bring = fileURLToPath(new URL('../../infra/aws/bundle/native.mjs', import.meta.url));

  test('is bundled without sharp, which is put beside it by the command that CDK runs', () => {
    const { externalModules, commandHooks } = bundlingWith('sharp');

    expect(externalModules).toEqual(['sharp']);
    expect(commandHooks?.afterBundling('in', 'out')).toEqual([`node ${JSON.stringify(bring)} sharp "out"`]);
    expect(bundlingWith(undefined).externalModules).toBeUndefined();
  });

  test('has what it needs in its own folder, made for Lambda’s machine, and makes a picture with it', async () => {
    execFileSync(process.execPath, [bring, 'sharp', folder]);
    await build({ ...bundleOptions('functions/images.ts', ['sharp']), outfile: join(folder, 'index.mjs') });
    writeFileSync(
      join(folder, 'try.mjs'),
      `import './index.mjs';
       import sharp from 'sharp';
       const svg = await sharp(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')).metadata().catch(() => 'blocked');
       const made = await sharp({ create: { width: 8, height: 4, channels: 3, background: 'red' } }).avif().toBuffer();
       console.log(JSON.stringify({ from: import.meta.resolve('sharp'), svg, ...(await sharp(made).metadata()) }));`,
    );

    const code = execFileSync(process.execPath, [join(folder, 'try.mjs')], { encoding: 'utf8', cwd: folder });

    expect(JSON.parse(code)).toMatchObject({ format: 'heif', width: 8, height: 4, svg: 'blocked' });
    expect(JSON.parse(code).from).toContain(folder);
    expect(readdirSync(join(folder, 'node_modules/@img')).toSorted()).toEqual([
      'colour',
      'sharp-libvips-linux-x64',
      'sharp-linux-x64',
    ]);
    const libraries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.node$|\.so\.[\d.]+$/.test(name),
    );
    expect(libraries).toHaveLength(2);
    for (const name of libraries) expect(machineOf(readFileSync(join(folder, name)))).toBe('x86-64 Linux');
  });
});

/** ELF: 64 bits, little-endian, e_machine 62 is x86-64. */
function machineOf(library: Buffer): string {
  const elf = library.subarray(0, 4).toString('latin1') === '\x7fELF';
  return elf && library[4] === 2 && library.readUInt16LE(18) === 62 ? 'x86-64 Linux' : 'another machine';
}
