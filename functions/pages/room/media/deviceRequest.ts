import { isObject } from '../signalling/serverMessage.ts';
import type { DeviceKind, DeviceState } from '../state/state.ts';

/** What the browser's refusals mean (Media Capture and Streams, section 10.1.3). */
const refusals: Readonly<Record<string, DeviceState>> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** Asks for devices all at once; gives the reason where that fails. */
export async function requestDevices(
  kinds: readonly DeviceKind[],
  chosen: Readonly<Record<DeviceKind, string>>,
): Promise<MediaStream | DeviceState> {
  // Browsers show devices to pages that came over https, or from this machine.
  if (!navigator.mediaDevices) return 'refused';
  try {
    return await navigator.mediaDevices.getUserMedia(constraintsFor(kinds, chosen));
  } catch (error) {
    // What was chosen is not there any more, and another one serves.
    const isChoice = nameOf(error) === 'OverconstrainedError' && kinds.some((kind) => chosen[kind] !== '');
    return isChoice ? await requestDevices(kinds, none) : (refusals[nameOf(error)] ?? 'failed');
  }
}

/** Some browsers throw what is no Error. */
function nameOf(thrown: unknown): string {
  return isObject(thrown) && typeof thrown.name === 'string' ? thrown.name : '';
}

const none = { camera: '', microphone: '' };

function constraintsFor(
  kinds: readonly DeviceKind[],
  chosen: Readonly<Record<DeviceKind, string>>,
): MediaStreamConstraints {
  const device = (kind: DeviceKind) => (chosen[kind] ? { deviceId: { exact: chosen[kind] } } : {});
  return {
    ...(kinds.includes('microphone')
      ? { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...device('microphone') } }
      : {}),
    ...(kinds.includes('camera')
      ? {
          video: {
            width: { ideal: 1280 },
            height: { ideal: 720 },
            frameRate: { ideal: 24, max: 30 },
            ...device('camera'),
          },
        }
      : {}),
  };
}

/** Not every browser can be asked; those that cannot have not granted it. */
export async function isGranted(kind: DeviceKind): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: kind })).state === 'granted';
  } catch {
    return false;
  }
}
