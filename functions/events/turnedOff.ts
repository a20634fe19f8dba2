/** What is logged of a webhook that is off since its receiver fails or is gone; an alarm waits for it. */
export const turnedOff = 'Webhook turned off';
