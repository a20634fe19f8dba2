const lengthMask = 0x7f;

/**
 * Watches the bytes of a WebSocket connection for a frame over the limit, which a program for whole messages never sees.
 *
 * @returns what takes each chunk as it comes, and says whether a frame over the limit begins in it (RFC 6455, 5.2)
 */
export function createFrameWatch(limitBytes: number): (chunk: Buffer) => boolean {
  let header = Buffer.alloc(0);
  let payloadLeft = 0;
  return (chunk) => {
    let rest = chunk;
    while (rest.length > 0) {
      if (payloadLeft > 0) {
        const skipped = Math.min(payloadLeft, rest.length);
        payloadLeft -= skipped;
        rest = rest.subarray(skipped);
        continue;
      }
      const missing = headerLength(header) - header.length;
      header = Buffer.concat([header, rest.subarray(0, missing)]);
      rest = rest.subarray(missing);
      if (header.length < headerLength(header)) continue;
      payloadLeft = payloadLength(header);
      header = Buffer.alloc(0);
      if (payloadLeft > limitBytes) return true;
    }
    return false;
  };
}

/** How long the header is as far as its first bytes tell; all that clients send is masked. */
function headerLength(header: Buffer): number {
  if (header.length < 2) return 2;
  const short = (header[1] ?? 0) & lengthMask;
  return 2 + (short === 126 ? 2 : short === 127 ? 8 : 0) + 4;
}

function payloadLength(header: Buffer): number {
  const short = (header[1] ?? 0) & lengthMask;
  if (short === 126) return header.readUInt16BE(2);
  return short === 127 ? Number(header.readBigUInt64BE(2)) : short;
}
