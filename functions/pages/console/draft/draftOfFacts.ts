import { wallTimeIn } from '../times/zones.ts';
import type { Facts } from './changes.ts';
import type { Draft } from './draft.ts';

/** A draft that says these facts, and beside them what it said before. */
export function draftOfFacts(draft: Draft, facts: Facts): Draft {
  const zone = String(facts.timeZone);
  const [start, end] = [Date.parse(String(facts.validSince)), Date.parse(String(facts.validUntil))];
  const endWall = wallTimeIn(zone, end);
  const minutes = (end - start) / 60_000;
  return {
    ...draft,
    ...wallTimeIn(zone, start),
    name: String(facts.name),
    zone,
    minutes: Number.isInteger(minutes) && minutes <= 1_440 ? minutes : undefined,
    endDate: endWall.date,
    endTime: endWall.time,
    description: String(facts.description),
    language: String(facts.language),
    lobby: facts.lobby === true,
    showAnswers: facts.showAnswers === true,
    sendInvitations: facts.sendInvitations === true,
    cohostsManage: facts.cohostsManage === true,
  };
}
