import { brotliDecompressSync } from 'node:zlib';

/** A content as a reply carries it. */
interface Coded {
  /** The header that names the coding; none where there is none. */
  readonly encoding: { readonly 'content-encoding'?: 'br' };
  readonly body: Buffer;
}

/** Gives what is kept compressed by brotli (in base64) to who takes it so, and unpacked to anyone else. */
export function fromBrotli(base64: string, acceptEncoding: string | undefined): Coded {
  const bytes = Buffer.from(base64, 'base64');
  if (acceptsBrotli(acceptEncoding)) return { encoding: { 'content-encoding': 'br' }, body: bytes };
  return { encoding: {}, body: brotliDecompressSync(bytes) };
}

/** RFC 9110, section 12.5.3: what is named counts before `*`, and a weight of 0 is a refusal. */
export function acceptsBrotli(acceptEncoding = ''): boolean {
  const weights = new Map(acceptEncoding.toLowerCase().split(',').map(weighted));
  return (weights.get('br') ?? weights.get('*') ?? 0) > 0;
}

function weighted(item: string): [coding: string, weight: number] {
  const [coding = '', ...parameters] = item.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return [coding, weight === undefined ? 1 : Number(weight)];
}
