import { deviceIdInput } from '../users/device.ts';
import { userIdInput } from '../users/profileInput.ts';
import { userListQuery } from '../users/userListQuery.ts';
import { examples } from './examples.ts';
import { inputSchema, referenceTo } from './jsonSchema.ts';
import type { Operations, Parameter } from './operation.ts';
import type { ProblemCode } from './problems.ts';

const deviceId: Parameter = {
  name: 'id',
  in: 'path',
  description: "The device: a name of its owner's choice.",
  required: true,
  schema: inputSchema(deviceIdInput.shape.id),
  example: 'phone',
};

const userId: Parameter = {
  name: 'id',
  in: 'path',
  description: 'The user: the `sub` of their tokens.',
  required: true,
  schema: inputSchema(userIdInput.shape.id),
  example: examples.User.id,
};

const listed = inputSchema(userListQuery).properties ?? {};
const query = (name: string, description: string, schema = listed[name] ?? {}): Parameter => {
  return { name, in: 'query', description, schema };
};

const input: readonly ProblemCode[] = ['invalid-json', 'invalid-input'];
const forAdmins: readonly ProblemCode[] = ['admin-needed', 'invalid-input'];

/** The doors to oneself, to one's devices and to the directory. */
export const userOperations: Operations = {
  'GET /users/me': {
    tag: 'The caller',
    summary: 'Read oneself',
    replies: [{ status: 200, description: 'The caller.', json: 'User', example: examples.User }],
    problems: [],
  },
  'PATCH /users/me': {
    tag: 'The caller',
    summary: 'Change what one says of oneself',
    description: 'What the token says of the caller cannot be changed here.',
    body: {
      schema: { $ref: referenceTo('ProfilePatch') },
      mergePatch: true,
      required: true,
      example: { alias: 'alice', language: 'en' },
    },
    replies: [{ status: 200, description: 'The caller as they are now.', json: 'User', example: examples.User }],
    problems: [...input, 'unsupported-media-type', 'alias-taken'],
  },
  'GET /users/me/devices': {
    tag: 'The caller',
    summary: "List one's devices",
    replies: [{ status: 200, description: 'All of them.', json: 'DeviceList', example: examples.DeviceList }],
    problems: [],
  },
  'PUT /users/me/devices/{id}': {
    tag: 'The caller',
    summary: 'Register a device for push',
    description: 'In the place of one with the same id. Its token is taken from whoever had it.',
    parameters: [deviceId],
    body: {
      schema: { $ref: referenceTo('DeviceRegistration') },
      required: true,
      example: { platform: 'fcm', token: 'fcm-token-of-the-device' },
    },
    replies: [{ status: 200, description: 'The device.', json: 'Device', example: examples.Device }],
    problems: [...input, 'too-many-devices'],
  },
  'DELETE /users/me/devices/{id}': {
    tag: 'The caller',
    summary: 'Remove a device',
    description: 'The caller is pushed to it no longer. May be repeated.',
    parameters: [deviceId],
    replies: [{ status: 204, description: 'There is no such device any more.' }],
    problems: ['invalid-input'],
  },
  'GET /users': {
    tag: 'Users',
    summary: 'List users',
    parameters: [
      query('username', 'Only users whose username begins so.'),
      query('email', 'Only users whose mail address begins so; not beside `username`.'),
      query('limit', 'How many at most.', { type: 'integer', minimum: 1, maximum: 100, default: 50 }),
      query('cursor', 'The `cursor` of the page before.'),
    ],
    replies: [{ status: 200, description: 'A page of them.', json: 'UserPage', example: examples.UserPage }],
    capability: 'admin',
    problems: forAdmins,
  },
  'GET /users/{id}': {
    tag: 'Users',
    summary: 'Read a user',
    parameters: [userId],
    replies: [{ status: 200, description: 'The user.', json: 'AdministeredUser', example: examples.AdministeredUser }],
    capability: 'admin',
    problems: [...forAdmins, 'user-not-found', 'user-gone'],
  },
  'PUT /users/{id}': {
    tag: 'Users',
    summary: 'Say all of a user that an admin says',
    description: 'They need not have called yet.',
    parameters: [userId],
    body: {
      schema: { $ref: referenceTo('UserProvision') },
      required: true,
      example: { username: 'alice', capabilities: ['meetings'], language: 'en' },
    },
    replies: [
      {
        status: 200,
        description: 'The user as they are now.',
        json: 'AdministeredUser',
        example: examples.AdministeredUser,
      },
      {
        status: 201,
        description: 'The user, who is new.',
        headers: ['Location'],
        json: 'AdministeredUser',
        example: examples.AdministeredUser,
      },
    ],
    capability: 'admin',
    problems: [...forAdmins, 'invalid-json', 'alias-taken', 'user-gone'],
  },
  'DELETE /users/{id}': {
    tag: 'Users',
    summary: 'Delete a user',
    description:
      'They enter no more. Their meetings are cancelled, they are taken off the others, and their devices and addresses are removed. May be repeated.',
    parameters: [userId],
    replies: [{ status: 204, description: 'The user is deleted.' }],
    capability: 'admin',
    problems: [...forAdmins, 'user-not-found'],
  },
};
