import * as z from 'zod/mini';
import { imageText } from '../runtime/row.ts';

/** A device that SNS knew, as it was before a change. */
export const deviceImageSchema = z.object({
  userId: imageText,
  deviceId: imageText,
  token: imageText,
  endpointArn: imageText,
});
