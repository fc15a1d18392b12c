import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { bundlingWith, ROOT } from './bundling.ts';

export interface LambdaProps {
  /** From the project's root. */
  entry: string;
  memoryMb: number;
  timeoutSeconds: number;
  native?: string;
  /** All that its role may do, besides writing its own log. */
  statements: readonly PolicyStatement[];
  environment: Readonly<Record<string, string>>;
}

/** A function with a log and a role of its own. */
export function addLambda(parent: Construct, id: string, props: LambdaProps): NodejsFunction {
  const { entry, memoryMb, timeoutSeconds, native, statements, environment } = props;
  const scope = new Construct(parent, id);
  const logGroup = addLog(scope, 'Log');
  const logging = new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { access: new PolicyDocument({ statements: [logging, ...statements] }) },
  });
  return new NodejsFunction(scope, 'Function', {
    entry: join(ROOT, entry),
    projectRoot: ROOT,
    depsLockFilePath: join(ROOT, 'package-lock.json'),
    bundling: bundlingWith(native),
    runtime: Runtime.NODEJS_24_X,
    architecture: native ? Architecture.X86_64 : Architecture.ARM_64,
    memorySize: memoryMb,
    timeout: Duration.seconds(timeoutSeconds),
    environment,
    awsSdkConnectionReuse: false,
    logGroup,
    role,
  });
}

/** Kept for as long as infra/aws/log-retention.ts says. */
export const addLog = (scope: Construct, id: string): LogGroup =>
  new LogGroup(scope, id, { removalPolicy: RemovalPolicy.DESTROY });
