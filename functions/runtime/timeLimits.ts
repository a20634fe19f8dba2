/** Milliseconds within which a message has been sent or given up for now, all attempts together. */
export const sendingTimeMilliseconds = 10_000;
