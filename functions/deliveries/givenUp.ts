/** What is logged of a delivery that could not be handed over however often it was tried; an alarm waits for it. */
export const givenUp = 'Delivery given up';

/** What is logged of a delivery that waits until an operator has mended something; an alarm waits for it, too. */
export const heldUp = 'Delivery held up by the set-up';
