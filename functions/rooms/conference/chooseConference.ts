import type { Conference, ConferenceProvider, ConferenceSettings } from './conference.ts';
import { jitsi } from './jitsi/jitsi.ts';
import { mesh } from './mesh/mesh.ts';

/** The first that the settings choose holds the conferences; where there is none, the browsers do. */
const providers: readonly ConferenceProvider[] = [jitsi];

/** Who holds the conferences of a deployment with these settings. */
export function chooseConference(settings: ConferenceSettings, among = providers): Conference {
  for (const provider of among) {
    const conference = provider(settings);
    if (conference) return conference;
  }
  return mesh;
}
