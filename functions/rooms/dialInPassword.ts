import * as z from 'zod/mini';
import { objectRule } from '../meetings/meetingInput.ts';
import { passwordTry } from '../meetings/password/passwordInput.ts';

/** The body of `POST /dial-in/{pin}`: the password as it was typed. */
export const dialInPassword = z.strictObject({ password: passwordTry }, { error: objectRule('must be a JSON object') });
