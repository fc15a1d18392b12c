import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { Construct } from 'constructs';

/** The domain's way to the distribution. The zone is named by id, so that a synth looks nothing up. */
export function addRecords(
  scope: Construct,
  { name, zone: id }: { name: string; zone: string },
  distribution: Distribution,
): void {
  const zone = HostedZone.fromHostedZoneId(scope, 'Zone', id);
  const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution));
  new ARecord(scope, 'Ipv4', { zone, recordName: `${name}.`, target });
  new AaaaRecord(scope, 'Ipv6', { zone, recordName: `${name}.`, target });
}
