import { capabilitiesOf, givenNameOf, roleOf, type User } from './user.ts';

/** A user as they see themselves. */
export function presentUser(user: User) {
  return {
    id: user.id,
    username: user.username,
    name: givenNameOf(user),
    alias: user.alias,
    email: user.email,
    mobilePhone: user.mobilePhone,
    landLineNumber: user.landLineNumber,
    language: user.language,
    role: roleOf(user),
    capabilities: capabilitiesOf(user),
    created: user.created.toISOString(),
    lastLogin: user.lastLogin?.toISOString(),
  };
}

/** A user as an admin sees them: `granted` are those of their capabilities that an admin gave them. */
export function presentToAdmin(user: User) {
  return { ...presentUser(user), granted: user.granted ?? [] };
}
