interface Origins {
  readonly linkHost: string;
  /** `*` stands for all. */
  readonly allowedOrigins: readonly string[];
}

/**
 * Whether a page of this origin may open a socket: one of the links' host, or one that the operator
 * allows. What is no browser sends none, and could send any.
 */
export function isAllowedOrigin(origin: string | undefined, { linkHost, allowedOrigins }: Origins): boolean {
  if (origin === undefined || allowedOrigins.includes('*')) return true;
  return origin === new URL(linkHost).origin || allowedOrigins.includes(origin);
}
