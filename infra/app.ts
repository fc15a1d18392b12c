import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import * as v from 'valibot';
import { type Settings, settingsSchema } from '../functions/domain/settings.ts';
import { readOptions } from './aws/options.ts';
import { addStoa } from './aws/stoa.ts';

/** `cdk synth` and `cdk deploy`: STOA_CONFIG names the settings; the rest is context, or STOA_STAGE and its like. */
const app = new App();
addStoa(app, readOptions(app.node, process.env), readSettings(process.env.STOA_CONFIG));

function readSettings(path: string | undefined): Settings {
  return v.parse(settingsSchema, path ? JSON.parse(readFileSync(path, 'utf8')) : {});
}
