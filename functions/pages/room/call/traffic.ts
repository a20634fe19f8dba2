/** What has come in over a connection so far. */
export interface Traffic {
  readonly bytes: number;
  /** Answers to the own checks, which show that a way leads there and back. */
  readonly answers: number;
}

/** Summed over the candidate pairs (Identifiers for WebRTC's Statistics API, section 8.18). */
export async function incomingTraffic(connection: RTCPeerConnection): Promise<Traffic> {
  let [bytes, answers] = [0, 0];
  for (const report of (await connection.getStats()).values()) {
    if (report.type !== 'candidate-pair') continue;
    bytes += report.bytesReceived ?? 0;
    answers += report.responsesReceived ?? 0;
  }
  return { bytes, answers };
}
