import type { CloudAssembly } from './assembly/cloudAssembly.ts';
import type { LocalUser } from './tokens/localUsers.ts';

/** What is run: a cloud assembly, and what its functions expect of tokens. */
export interface Deployment {
  readonly assembly: CloudAssembly;
  /** The claim of a token that lists what its user may do. */
  readonly capabilitiesClaim: string;
  /** Who can be given tokens. */
  readonly users: readonly LocalUser[];
}
