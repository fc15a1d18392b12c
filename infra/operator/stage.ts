import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { Failure } from '../local/failure.ts';

/** What the stacks tell the command, by the names of their outputs. */
const OUTPUTS = {
  state: [
    'TableName',
    'FailuresBucket',
    'UserPoolId',
    'PagesBucket',
    'IdentityParameter',
    'AddressParameter',
    'UnsubscribeParameter',
  ],
  site: ['Url', 'PublisherFunction', 'SlowLaneFunction', 'RenewFunction', 'RepublishFunction'],
} as const;

type Part = keyof typeof OUTPUTS;

/** A deployed Stoa. */
export type Stage = Readonly<Record<'name' | 'region' | (typeof OUTPUTS)[Part][number], string>>;

export type Outputs = Readonly<Record<string, string>>;

/** By the SDK's own region and credentials. Throws a Failure that names the stacks where there is no such stage. */
export async function findStage(name: string): Promise<Stage> {
  const client = new CloudFormationClient({});
  const region = await client.config.region();
  const describe = (part: Part) => outputsOf(client, stackName(name, part));
  const [state, site] = await Promise.all([describe('state'), describe('site')]);
  if (!state && !site) {
    const stacks = `${stackName(name, 'state')} and ${stackName(name, 'site')}`;
    throw new Failure(`there is no stage ${name}: ${stacks} are not in ${region}; check --stage and the region`);
  }
  return stageOf(name, region, { state: state ?? {}, site: site ?? {} });
}

/** Throws a Failure for an output that is missing, as of stacks that are half deployed or older than this command. */
export function stageOf(name: string, region: string, outputs: Readonly<Record<Part, Outputs>>): Stage {
  const values = (Object.keys(OUTPUTS) as Part[]).flatMap((part) =>
    OUTPUTS[part].map((output) => {
      const value = outputs[part][output];
      if (value) return [output, value];
      const stack = stackName(name, part);
      throw new Failure(`the stack ${stack} in ${region} has no output ${output}: deploy the stage ${name} again`);
    }),
  );
  return { name, region, ...Object.fromEntries(values) };
}

const stackName = (stage: string, part: Part) => `stoa-${stage}-${part}`;

/** Null where there is no such stack. */
async function outputsOf(client: CloudFormationClient, stack: string): Promise<Outputs | null> {
  try {
    const { Stacks: [found] = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    return Object.fromEntries((found?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  } catch (error) {
    if (error instanceof CloudFormationServiceException && error.name === 'ValidationError') return null;
    throw error;
  }
}
