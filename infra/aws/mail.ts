import { Stack } from 'aws-cdk-lib';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import {
  ConfigurationSet,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Settings } from '../../functions/domain/settings.ts';

/** What a function that sends mail has to know and may use. */
export interface Mail {
  from: string;
  identityArn: string;
  setArn: string;
  setName: string;
  /** Where mails lead. */
  url: string;
  feedback: Topic;
}

/**
 * Amazon SES, where the settings name an address that mails come from. An address of the site's own hosted zone is
 * verified by records there, any other by a mail to it. What bounces or is complained of is told to a topic. Throws an Error while the site has no address: a mail's links lead there.
 */
export function addMail(scope: Construct, { mail, site, aws }: Settings): Mail | null {
  if (!mail) return null;
  if (!site.address) throw new Error('mail is set, and the site has no address: set site.address, or a domain');
  const host = mail.from.slice(mail.from.indexOf('@') + 1);
  const zone = aws.domain?.name === host ? aws.domain.zone : undefined;
  new EmailIdentity(scope, 'MailIdentity', {
    identity: zone
      ? Identity.publicHostedZone(
          HostedZone.fromHostedZoneAttributes(scope, 'MailZone', { hostedZoneId: zone, zoneName: host }),
        )
      : Identity.email(mail.from),
  });
  const set = new ConfigurationSet(scope, 'MailSet', {
    suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    reputationMetrics: true,
  });
  const feedback = new Topic(scope, 'MailFeedback', { enforceSSL: true });
  set.addEventDestination('Feedback', {
    destination: EventDestination.snsTopic(feedback),
    events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
  });
  const arn = (resource: string, resourceName: string) =>
    Stack.of(scope).formatArn({ service: 'ses', resource, resourceName });
  const setName = set.configurationSetName;
  return {
    from: mail.from,
    identityArn: arn('identity', zone ? host : mail.from),
    setArn: arn('configuration-set', setName),
    setName,
    url: site.address,
    feedback,
  };
}
