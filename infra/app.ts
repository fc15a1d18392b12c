import { App } from 'aws-cdk-lib';
import { readOptions } from './aws/options.ts';
import { addStoa } from './aws/stoa.ts';
import { Failure } from './local/failure.ts';
import { readSettings, settingsPath } from './settings-file.ts';

/** `cdk synth` and `cdk deploy`: the settings are those of `npm start`; `-c stage=…` or STOA_STAGE names the stacks. */
try {
  const settings = readSettings(settingsPath(process.env));
  const app = new App();
  addStoa(app, readOptions(app.node, process.env), settings);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`stoa: ${error.message}`);
  process.exitCode = 1;
}
