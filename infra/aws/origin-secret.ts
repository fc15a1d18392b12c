import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { accept } from './accept.ts';

/**
 * What the distribution says to the API, so that nobody gets around it: generated, and referred to by the template
 * without being in it. The number is the generation: raised by one, the functions learn the new secret beside the one
 * before, then the distribution sends it, all in one deployment.
 */
export function addOriginSecrets(scope: Construct, generation: number): { current: string; accepted: string[] } {
  const generations = generation > 1 ? [generation, generation - 1] : [generation];
  const accepted = generations.map((each) => addSecret(scope, each));
  return { current: accepted[0] ?? '', accepted };
}

function addSecret(scope: Construct, generation: number): string {
  const secret = new Secret(scope, `OriginSecret${generation}`, {
    description: 'Stoa: sent by the distribution to the API',
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
  });
  accept(secret, {
    'AwsSolutions-SMG4': 'CloudFormation resolves it while deploying, so a rotation is a deployment: see originSecret',
  });
  return secret.secretValue.unsafeUnwrap();
}
