import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  type CfnStage,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Settings } from '../../functions/domain/settings.ts';
import { type FunctionName, type FunctionSpec, manifest, type Route } from '../../functions/manifest.ts';
import { accept } from './accept.ts';
import type { Functions } from './functions.ts';
import { addLog } from './lambda.ts';

export interface RoutesProps {
  api: HttpApi;
  functions: Functions;
  issuer: string;
  audience: string;
  throttles: Settings['limits']['throttle'];
}

/** The manifest's routes, and the stage that throttles and logs them. Gives the log. */
export function addRoutes(scope: Construct, { api, functions, issuer, audience, throttles }: RoutesProps): LogGroup {
  const authorizer = new HttpJwtAuthorizer('Authors', issuer, { jwtAudience: [audience] });
  const accessLog = addLog(scope, 'AccessLog');
  const stage = addStage(scope, api, accessLog);
  const settings: Record<string, object> = {};
  for (const name of Object.keys(manifest) as FunctionName[]) {
    const integration = new HttpLambdaIntegration(`${name}Integration`, functions[name]);
    const { routes = [] }: FunctionSpec = manifest[name];
    for (const route of routes) {
      const key = `${route.method} ${route.path}`;
      const { auth } = route;
      const made = new HttpRoute(api, key, {
        httpApi: api,
        routeKey: HttpRouteKey.with(route.path, HttpMethod[route.method]),
        integration,
        ...(auth === 'public' ? {} : { authorizer, authorizationScopes: [auth.scope] }),
      });
      if (auth === 'public') accept(made, { 'AwsSolutions-APIG4': 'Open to everybody: readers have no account' });
      const limit = throttleOf(route, throttles);
      if (limit) settings[key] = limit;
      stage.node.addDependency(made);
    }
  }
  (stage.node.defaultChild as CfnStage).routeSettings = settings;
  return accessLog;
}

function throttleOf({ throttle }: Route, throttles: RoutesProps['throttles']): object | undefined {
  const limit = throttles?.[throttle];
  return limit ? { ThrottlingRateLimit: limit.rate, ThrottlingBurstLimit: limit.burst } : undefined;
}

/** An allow-list: no address, no path, no query, no user agent. */
const LOGGED = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  functionMs: '$context.integrationLatency',
  functionError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
};

function addStage(scope: Construct, httpApi: HttpApi, accessLog: LogGroup): HttpStage {
  return new HttpStage(scope, 'Stage', {
    httpApi,
    stageName: '$default',
    autoDeploy: true,
    accessLogSettings: {
      destination: new LogGroupLogDestination(accessLog),
      format: AccessLogFormat.custom(JSON.stringify(LOGGED)),
    },
  });
}
