import * as z from 'zod/mini';
import { storedInstant } from '../runtime/row.ts';

/** The push services that SNS platform applications stand for. */
export const platforms = ['fcm', 'apns', 'apns-sandbox'] as const;
export type Platform = (typeof platforms)[number];

const platformRule = `must be one of ${platforms.join(', ')}`;
const tokenRule = 'must be the token that the push service gave the device, of 1 to 2048 characters without spaces';

/** The body of `PUT /users/me/devices/{id}`. */
export const deviceInput = z.strictObject(
  {
    platform: z.enum(platforms, { error: platformRule }),
    token: z
      .string({ error: tokenRule })
      .check(z.minLength(1, tokenRule), z.maxLength(2_048, tokenRule), z.regex(/^[\x21-\x7e]+$/, tokenRule)),
  },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? undefined : 'must be a JSON object') },
);

const idRule = 'must be 1 to 128 letters, digits, dots, hyphens or underscores';

/** A device's id is its owner's choice; the same id replaces what was registered under it. */
export const deviceIdInput = z.strictObject({
  id: z.string().check(z.regex(/^[A-Za-z0-9._-]{1,128}$/, idRule)),
});

/** A device as it is kept; `endpointArn` is there from its first push on. */
export const deviceSchema = z.object({
  deviceId: z.string(),
  userId: z.string(),
  /** One that this release does not know is pushed to no more than one that is not configured. */
  platform: z.string(),
  token: z.string(),
  endpointArn: z.optional(z.string()),
  registered: storedInstant,
});

export type Device = Readonly<z.output<typeof deviceSchema>>;

/** Where a device is pushed to: its platform, and the ARN of the operator's application for it; undefined where there is none. */
export function pushTargetOf(
  device: Pick<Device, 'platform'>,
  applications: Readonly<Partial<Record<Platform, string | undefined>>>,
): { readonly platform: Platform; readonly application: string } | undefined {
  const platform = platforms.find((known) => known === device.platform);
  const application = platform === undefined ? undefined : applications[platform];
  return platform === undefined || application === undefined ? undefined : { platform, application };
}

/** A device as its owner sees it: its token stays here. */
export function presentDevice({ deviceId, platform, registered }: Device) {
  return { id: deviceId, platform, registered: registered.toISOString() };
}
