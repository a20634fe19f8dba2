/** What is logged of a delivery that SES or SNS would not take however often it was tried; an alarm waits for it. */
export const givenUp = 'Delivery given up';
