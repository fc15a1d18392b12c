import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Construct } from 'constructs';
import type { Settings } from '../../functions/domain/settings.ts';
import { originOf } from './access.ts';
import { addAdmin } from './admin.ts';
import { addAssets } from './assets.ts';
import { addDistribution } from './distribution.ts';
import { addEventSources } from './event-source.ts';
import { addFunctions } from './functions.ts';
import { addMail } from './mail.ts';
import { addMailFeedback } from './mail-feedback.ts';
import { addOperations } from './operations.ts';
import { addOriginSecrets } from './origin-secret.ts';
import { addPagesPolicy } from './pages-policy.ts';
import { addRecords } from './records.ts';
import { addRoutes } from './routes.ts';
import { addSchedules, runAfterDeploy } from './schedules.ts';
import { addSignIn } from './sign-in.ts';
import type { StateStack } from './state-stack.ts';
import { addUploadEvents, addUploads } from './uploads.ts';

export interface SiteStackProps extends StackProps {
  state: StateStack;
  settings: Settings;
  /** Of the domain, where the settings name none. */
  certificate?: ICertificate;
}

/** All that can be made again: the functions, the API, the distribution. */
export class SiteStack extends Stack {
  constructor(scope: Construct, id: string, { state, settings, certificate: made, ...props }: SiteStackProps) {
    super(scope, id, { ...props, description: 'Stoa: the functions, the API and the distribution' });
    const { domain, originSecret } = settings.aws;
    const certificate = domain?.certificate
      ? Certificate.fromCertificateArn(this, 'Certificate', domain.certificate)
      : made;
    const secrets = addOriginSecrets(this, originSecret);
    const assets = addAssets(this, state);
    const mail = addMail(this, settings);
    const uploads = addUploads(this);
    const functions = addFunctions(this, { state, settings, originSecrets: secrets.accepted, mail, uploads });
    const api = new HttpApi(this, 'Api', { createDefaultStage: false });
    const distribution = addDistribution(this, {
      pages: state.pages,
      api,
      secret: secrets.current,
      ...(domain && certificate ? { domain: { name: domain.name, certificate } } : {}),
    });
    const url = `https://${domain?.name ?? distribution.distributionDomainName}`;
    const { client, issuer } = addSignIn(this, { pool: state.pool, url });

    const { signIn } = settings;
    addAdmin(this, { state, url, issuer, clientId: client.ref, signIn, uploads: originOf(uploads) }).node.addDependency(
      assets,
    );
    addPagesPolicy(this, state.pages, distribution);
    const { throttle: throttles } = settings.limits;
    const trusted = signIn
      ? { issuer: signIn.issuer, audience: signIn.audience ?? signIn.clientId }
      : { issuer, audience: client.ref };
    const accessLog = addRoutes(this, { api, functions, ...trusted, throttles });
    const streams = addEventSources(state, functions);
    addSchedules(this, functions);
    addUploadEvents(this, uploads, functions);
    if (mail) addMailFeedback(mail.feedback, functions);
    // Once no function of the version before is there to write HTML of another policy.
    runAfterDeploy(this, 'Renew', functions.renew, ...Object.values(functions));
    runAfterDeploy(this, 'Republish', functions.republish, assets);
    const { dashboard } = addOperations(this, { state, functions, streams, api, accessLog }, settings.aws.alarms);
    if (domain?.zone) addRecords(this, { name: domain.name, zone: domain.zone }, distribution);

    // Pages refer to what the assets' deployment brings; the distribution sends a secret that functions must know.
    for (const lambda of Object.values(functions)) {
      lambda.node.addDependency(assets);
      if (lambda.node.defaultChild) distribution.node.addDependency(lambda.node.defaultChild);
    }

    new CfnOutput(this, 'Url', { value: `${url}/` });
    new CfnOutput(this, 'DistributionId', { value: distribution.distributionId });
    new CfnOutput(this, 'DistributionDomain', { value: distribution.distributionDomainName });
    new CfnOutput(this, 'Issuer', { value: issuer });
    new CfnOutput(this, 'ClientId', { value: client.ref });
    new CfnOutput(this, 'LoginUrl', { value: state.loginUrl });
    new CfnOutput(this, 'DashboardName', { value: dashboard });
    new CfnOutput(this, 'PublisherFunction', { value: functions.publisher.functionName });
    new CfnOutput(this, 'SlowLaneFunction', { value: functions.slowLane.functionName });
    new CfnOutput(this, 'RenewFunction', { value: functions.renew.functionName });
    new CfnOutput(this, 'RepublishFunction', { value: functions.republish.functionName });
  }
}
