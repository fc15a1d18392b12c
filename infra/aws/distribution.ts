import { Duration, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  Distribution,
  type ErrorResponse,
  HttpVersion,
  OriginProtocolPolicy,
  OriginSslPolicy,
  PriceClass,
  SecurityPolicyProtocol,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { accept } from './accept.ts';
import { behaviours } from './behaviours.ts';

export interface DistributionProps {
  pages: IBucket;
  api: HttpApi;
  secret: string;
  domain?: { name: string; certificate: ICertificate };
}

const ORIGIN_HEADER = 'x-stoa-origin';

/** The site's one address: pages from the bucket, `/api/*` from the API. */
export function addDistribution(scope: Construct, { pages, api, secret, domain }: DistributionProps): Distribution {
  const { region, urlSuffix } = Stack.of(scope);
  const origins = {
    pages: pagesOrigin(scope, pages),
    api: new HttpOrigin(`${api.apiId}.execute-api.${region}.${urlSuffix}`, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      customHeaders: { [ORIGIN_HEADER]: secret },
    }),
  };
  const distribution = new Distribution(scope, 'Distribution', {
    comment: Stack.of(scope).stackName,
    ...behaviours(scope, origins),
    errorResponses: ERRORS,
    httpVersion: HttpVersion.HTTP2_AND_3,
    enableIpv6: true,
    priceClass: PriceClass.PRICE_CLASS_100,
    ...(domain ? named(domain) : {}),
  });
  accept(distribution, {
    'AwsSolutions-CFR1': 'A blog is open to the world',
    'AwsSolutions-CFR2': 'A web ACL costs more a month than a small site; the flat-rate plans bring one along',
    'AwsSolutions-CFR3': 'Its log would hold the address of every reader; nothing needs it',
    ...(domain ? {} : { 'AwsSolutions-CFR4': 'CloudFront sets the protocol of its own name; a domain gets TLS 1.2' }),
  });
  return distribution;
}

const named = ({ name, certificate }: NonNullable<DistributionProps['domain']>) => ({
  domainNames: [name],
  certificate,
  minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
});

/** As an imported bucket: else CDK writes the policy into the bucket's stack, which then needs this one first. */
function pagesOrigin(scope: Construct, { bucketArn, bucketRegionalDomainName }: IBucket) {
  const bucket = Bucket.fromBucketAttributes(scope, 'PagesBucket', { bucketArn, bucketRegionalDomainName });
  accept(scope, {
    '@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac': 'infra/aws/pages-policy.ts is that policy',
  });
  return S3BucketOrigin.withOriginAccessControl(bucket);
}

/** CloudFront keeps errors for ten seconds even where caching is off: a receipt's 404 would answer its owner too. */
const ERRORS: ErrorResponse[] = [
  { httpStatus: 403, responseHttpStatus: 404, responsePagePath: '/404.html', ttl: Duration.seconds(0) },
  ...[400, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
];
