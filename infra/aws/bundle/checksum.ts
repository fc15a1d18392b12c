/**
 * In place of `@smithy/core/checksum` in the bundles: the SDK's hash there brings one in JavaScript along, for a Node without crypto.
 * This is the SDK's other one, which is node:crypto's alone.
 */
import { Hash } from '@smithy/core/serde';

export const Sha256 = Hash.bind(null, 'sha256');
