import { keyFaults, keyRemarks, keySetSchema, metadataAddress, metadataFaults, metadataSchema } from './metadata.ts';
import { type Fetch, readJson } from './metadataClient.ts';

/** What will keep an issuer's tokens from being taken, and what to know beside that. */
export interface IssuerReport {
  readonly faults: readonly string[];
  readonly remarks: readonly string[];
}

/** Asks an issuer for its metadata and its keys, as the gateway does. */
export async function checkIssuer(issuer: string, fetch: Fetch): Promise<IssuerReport> {
  const faults = issuer.startsWith('https://') ? [] : ['It is no https:// address, which API Gateway asks for.'];
  const metadata = await readJson(fetch, metadataAddress(issuer), metadataSchema);
  if ('fault' in metadata) return { faults: [...faults, metadata.fault], remarks: [] };
  faults.push(...metadataFaults(issuer, metadata.value));
  const { jwks_uri: keyAddress } = metadata.value;
  if (keyAddress === undefined) return { faults, remarks: [] };
  const keys = await readJson(fetch, keyAddress, keySetSchema);
  if ('fault' in keys) return { faults: [...faults, keys.fault], remarks: [] };
  return { faults: [...faults, ...keyFaults(keys.value)], remarks: keyRemarks(keys.value) };
}
