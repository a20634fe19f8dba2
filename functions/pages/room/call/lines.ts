import { preferCodecs } from './codecs.ts';
import { type Load, screenBudget, type VideoBudget, videoBudget } from './videoBudget.ts';

/** What this browser sends to everyone; null is sent as nothing, over the same lines. */
export interface Tracks {
  readonly microphone: MediaStreamTrack | null;
  readonly camera: MediaStreamTrack | null;
  readonly screen: MediaStreamTrack | null;
}

/** What another sends: their camera and their voice, and their screen. */
export interface Streams {
  readonly person: MediaStream;
  readonly screen: MediaStream;
}

/** The three lines of every connection, in their order: voice, camera, screen. */
const kinds = ['audio', 'video', 'video'];

/** Makes the lines, on the side that offers them. */
export function openLines(connection: RTCPeerConnection): void {
  for (const kind of kinds) connection.addTransceiver(kind, { direction: 'sendrecv' });
}

/** Takes the lines for what they carry, on both sides, for good: only their tracks are ever replaced. */
export function useLines(connection: RTCPeerConnection, { person, screen }: Streams): void {
  const transceivers = connection.getTransceivers();
  for (const transceiver of transceivers) {
    transceiver.direction = 'sendrecv';
    preferCodecs(transceiver);
  }
  const [voice, camera, shared] = transceivers;
  if (voice) person.addTrack(voice.receiver.track);
  if (camera) person.addTrack(camera.receiver.track);
  if (shared) screen.addTrack(shared.receiver.track);
}

export async function sendTracks(connection: RTCPeerConnection, tracks: Tracks): Promise<void> {
  const [voice, camera, screen] = connection.getSenders();
  if (voice && voice.track !== tracks.microphone) await voice.replaceTrack(tracks.microphone);
  if (camera && camera.track !== tracks.camera) await camera.replaceTrack(tracks.camera);
  if (screen && screen.track !== tracks.screen) await screen.replaceTrack(tracks.screen);
}

/** Keeps to what one connection may take. */
export async function keepBudget(connection: RTCPeerConnection, load: Load): Promise<void> {
  const [, camera, screen] = connection.getSenders();
  if (camera) await setBudget(camera, videoBudget(load), 'balanced');
  if (screen) await setBudget(screen, screenBudget(load), 'maintain-resolution');
}

async function setBudget(
  sender: RTCRtpSender,
  { maxBitrate, scaleResolutionDownBy }: VideoBudget,
  degradationPreference: RTCDegradationPreference,
): Promise<void> {
  const parameters = sender.getParameters();
  if (parameters.encodings.length === 0) return;
  for (const encoding of parameters.encodings) Object.assign(encoding, { maxBitrate, scaleResolutionDownBy });
  await sender.setParameters({ ...parameters, degradationPreference });
}

/** From 0 (silence) to 1, as far as the other's voice has been heard lately. */
export function loudnessOn(connection: RTCPeerConnection): number {
  const [voice] = connection.getReceivers();
  return voice?.getSynchronizationSources?.()[0]?.audioLevel ?? 0;
}
