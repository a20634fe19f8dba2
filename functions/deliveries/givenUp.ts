/** What is logged of a delivery that could not be handed over however often it was tried; an alarm waits for it. */
export const givenUp = 'Delivery given up';
