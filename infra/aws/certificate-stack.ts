import { Stack } from 'aws-cdk-lib';
import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';

/** CloudFront takes certificates from us-east-1 alone. */
export class CertificateStack extends Stack {
  readonly certificate: ICertificate;

  constructor(scope: Construct, id: string, { name, zone }: { name: string; zone: string }) {
    super(scope, id, {
      description: 'Stoa: the certificate of its domain',
      env: { region: 'us-east-1' },
      crossRegionReferences: true,
    });
    this.certificate = new Certificate(this, 'Certificate', {
      domainName: name,
      validation: CertificateValidation.fromDns(HostedZone.fromHostedZoneId(this, 'Zone', zone)),
    });
  }
}
