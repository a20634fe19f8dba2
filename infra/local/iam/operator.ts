/** The access key of whoever has the account, who is allowed everything: not a function, and held to no role. */
export const operatorAccessKey = 'operator';
