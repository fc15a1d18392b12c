import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  type IOrigin,
  OriginRequestPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { ROOT } from './bundling.ts';
import { addHeaders } from './headers.ts';

export interface Origins {
  pages: IOrigin;
  api: IOrigin;
}

/**
 * Pages, and the paths of the API: the first pattern that fits decides, and `*` spans slashes. What everybody gets alike
 * is kept for as long as it says itself, without cookies; all else goes through as it came, but for the host.
 */
export function behaviours(
  scope: Construct,
  { pages, api }: Origins,
): { defaultBehavior: BehaviorOptions; additionalBehaviors: Record<string, BehaviorOptions> } {
  const edge = {
    functionAssociations: [
      { eventType: FunctionEventType.VIEWER_REQUEST, function: edgeFunction(scope, 'viewer-request') },
      { eventType: FunctionEventType.VIEWER_RESPONSE, function: edgeFunction(scope, 'viewer-response') },
    ],
    responseHeadersPolicy: addHeaders(scope),
    compress: true,
  };
  const fromApi = { ...edge, origin: api, viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY };
  const everything = {
    allowedMethods: AllowedMethods.ALLOW_ALL,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  };
  const json = cachePolicy(scope, 'PublicJson', CacheQueryStringBehavior.all());
  const passed: BehaviorOptions = { ...fromApi, ...everything, cachePolicy: CachePolicy.CACHING_DISABLED };
  return {
    defaultBehavior: {
      ...edge,
      origin: pages,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: cachePolicy(scope, 'PageCache', CacheQueryStringBehavior.none()),
    },
    additionalBehaviors: {
      // Read as JSON by everybody, and posted to with the reader's cookie: kept by address alone, sent on whole.
      '/api/posts/*/comments': { ...fromApi, ...everything, cachePolicy: json },
      '/api/posts/*/challenge': passed,
      '/api/posts/*/preview': passed,
      '/api/posts/*/reply': passed,
      '/api/posts/*/report': passed,
      '/api/posts*': { ...fromApi, cachePolicy: json },
      '/api/*': passed,
    },
  };
}

function edgeFunction(scope: Construct, name: string): EdgeFunction {
  return new EdgeFunction(scope, name, {
    code: FunctionCode.fromFile({ filePath: join(ROOT, `functions/edge/${name}.js`) }),
    runtime: FunctionRuntime.JS_2_0,
  });
}

/** What says nothing about caching is not kept. */
function cachePolicy(scope: Construct, id: string, queryStringBehavior: CacheQueryStringBehavior): CachePolicy {
  return new CachePolicy(scope, id, {
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.days(365),
    cookieBehavior: CacheCookieBehavior.none(),
    headerBehavior: CacheHeaderBehavior.none(),
    queryStringBehavior,
    enableAcceptEncodingBrotli: true,
    enableAcceptEncodingGzip: true,
  });
}
