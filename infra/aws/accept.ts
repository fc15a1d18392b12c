import { type Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Rules of cdk-nag, or warnings of CDK, that do not hold here, each with the reason. */
export function accept(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  Validations.of(construct).acknowledge(...Object.entries(reasons).map(([id, reason]) => ({ id, reason })));
}

/** cdk-nag's id for a permission on everything under an ARN that another stack owns. */
export function everythingUnder(arn: string, owner: Stack, prefix = ''): string {
  const { 'Fn::ImportValue': name }: { 'Fn::ImportValue': string } = owner.resolve(owner.exportValue(arn));
  return `AwsSolutions-IAM5[Resource::${name}/${prefix}*]`;
}
