import { vi } from 'vitest';

type State = RTCPeerConnectionState;
type SignalingState = 'stable' | 'have-local-offer' | 'closed';

class FakeStream {
  addTrack(): void {}
}

const lines = () => ({
  sender: { track: null, replaceTrack: async () => {}, getParameters: () => ({ encodings: [] }) },
});

/** An RTCPeerConnection whose network is what the test says (WebRTC, section 4.4), as far as a call looks at it. */
export class FakeConnection {
  /** All that were made since `useFakeConnections`, in their order. */
  static made: FakeConnection[] = [];
  connectionState: State = 'new';
  signalingState: SignalingState = 'stable';
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  onnegotiationneeded = () => {};
  onicecandidate = () => {};
  onconnectionstatechange = () => {};
  oniceconnectionstatechange = () => {};
  restarts = 0;
  /** As the statistics say. */
  received = { bytesReceived: 0, responsesReceived: 0 };
  readonly #lines = [lines(), lines(), lines()];

  constructor() {
    FakeConnection.made.push(this);
  }

  addTransceiver(): void {
    queueMicrotask(() => this.localDescription === null && this.onnegotiationneeded());
  }
  getTransceivers = () => [];
  getReceivers = () => [];
  getSenders = () => this.#lines.map(({ sender }) => sender);
  getConfiguration = () => ({});
  getStats = async () => new Map([['pair', { type: 'candidate-pair', ...this.received }]]);
  addIceCandidate = async () => {};

  async setLocalDescription(): Promise<void> {
    const isAnswer = this.remoteDescription?.type === 'offer' && this.localDescription === null;
    this.localDescription = { type: isAnswer ? 'answer' : 'offer', sdp: 'v=0' };
    this.signalingState = isAnswer ? 'stable' : 'have-local-offer';
  }

  async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    this.remoteDescription = description;
    this.signalingState = 'stable';
  }

  restartIce(): void {
    this.restarts += 1;
    this.onnegotiationneeded();
  }

  close(): void {
    this.connectionState = 'closed';
    this.signalingState = 'closed';
  }

  /** The browser finds out how the connection is. */
  become(state: State): void {
    this.connectionState = state;
    this.onconnectionstatechange();
  }
}

/** Until `vi.unstubAllGlobals`. */
export function useFakeConnections(): void {
  FakeConnection.made = [];
  vi.stubGlobal('RTCPeerConnection', FakeConnection);
  vi.stubGlobal('MediaStream', FakeStream);
}
