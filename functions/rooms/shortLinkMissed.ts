/** What is logged of a short link that leads nowhere; an alarm waits for many of them. */
export const shortLinkMissed = 'Short link missed';
