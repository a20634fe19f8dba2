/**
 * Takes the place of `mime-db` in the bundles: what `bitly` sends its requests with would look up there what type a
 * file of a form has. No file is ever sent, and the table is half of what the package brings.
 */
export {};
