import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Settings } from '../../functions/domain/settings.ts';
import { CertificateStack } from './certificate-stack.ts';
import type { Options } from './options.ts';
import { SiteStack } from './site-stack.ts';
import { StateStack } from './state-stack.ts';

/**
 * What must never be lost in one stack, all that can be made again in another, and the certificate, where there is a
 * domain, in a third. cdk-nag's AwsSolutions stops a synth that breaks one of its rules.
 */
export function addStoa(app: App, options: Options, settings: Settings): { state: StateStack; site: SiteStack } {
  const { stage, domain, region } = options;
  const place = domain ? { env: { region }, crossRegionReferences: true } : {};
  const certificate = domain && new CertificateStack(app, `stoa-${stage}-certificate`, domain);
  const state = new StateStack(app, `stoa-${stage}-state`, { ...place, stage });
  const site = new SiteStack(app, `stoa-${stage}-site`, {
    ...place,
    state,
    options,
    settings: addressed(settings, domain),
    ...(certificate ? { certificate: certificate.certificate } : {}),
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { state, site };
}

/** A site with a domain of its own lies there, unless the settings say otherwise. */
function addressed(settings: Settings, domain: Options['domain']): Settings {
  if (!domain || settings.site.address) return settings;
  return { ...settings, site: { ...settings.site, address: `https://${domain.name}` } };
}
