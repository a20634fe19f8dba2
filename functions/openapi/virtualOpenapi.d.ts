/** What the bundler makes of the API: its OpenAPI document, so that no function carries the schemas. */
declare module 'virtual:openapi' {
  /** JSON. */
  export const text: string;
  /** Made of its content (RFC 9110, section 8.8.3). */
  export const entityTag: string;
}
