import { type App, type Environment, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Settings } from '../../functions/domain/settings.ts';
import { CertificateStack } from './certificate-stack.ts';
import { keepLogs } from './log-retention.ts';
import type { Options } from './options.ts';
import { SiteStack } from './site-stack.ts';
import { StateStack } from './state-stack.ts';

/**
 * What must never be lost in one stack, all that can be made again in another, and the certificate, where one is to be
 * made, in a third. cdk-nag's AwsSolutions stops a synth that breaks one of its rules.
 */
export function addStoa(app: App, { stage, region }: Options, given: Settings): { state: StateStack; site: SiteStack } {
  const settings = addressed(given);
  const { domain, logDays } = settings.aws;
  const made =
    domain?.zone && !domain.certificate
      ? new CertificateStack(app, `stoa-${stage}-certificate`, { name: domain.name, zone: domain.zone })
      : undefined;
  const place: { env?: Environment; crossRegionReferences?: boolean } = made
    ? { env: { region }, crossRegionReferences: true }
    : {};
  const state = new StateStack(app, `stoa-${stage}-state`, { ...place, stage });
  const site = new SiteStack(app, `stoa-${stage}-site`, {
    ...place,
    state,
    settings,
    ...(made ? { certificate: made.certificate } : {}),
  });
  keepLogs(app, logDays);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { state, site };
}

/** A site with a domain of its own lies there, unless the settings say otherwise. */
function addressed(settings: Settings): Settings {
  const { site, aws } = settings;
  if (!aws.domain || site.address) return settings;
  return { ...settings, site: { ...site, address: `https://${aws.domain.name}` } };
}
