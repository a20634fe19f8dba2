import type { Store } from '../../shared/store.ts';
import { faultOf, statusInFragment } from '../answering/answering.ts';
import { type AnswerReply, readInvitation, sendAnswer } from '../door/answerDoor.ts';
import type { PageEvent } from '../state/reduce.ts';
import type { RoomPageState, Screen } from '../state/state.ts';

/** Milliseconds until the question is fetched again where the service could not be reached. */
const pause = 10_000;

/** Asks whoever comes by their own link whether they can make it, and hands their answer on when they send it. */
export class InvitationAnswer {
  readonly #address: string;
  readonly #store: Store<RoomPageState, PageEvent>;
  readonly #lookAgain: () => void;
  #asking: ReturnType<typeof setTimeout> | undefined;

  /** @param lookAgain shows the meeting as it is by now */
  constructor(address: string, store: Store<RoomPageState, PageEvent>, lookAgain: () => void) {
    this.#address = address;
    this.#store = store;
    this.#lookAgain = lookAgain;
    store.subscribe(({ type }) => type === 'opened' && void this.#ask());
    addEventListener('hashchange', () => {
      const status = statusInFragment(location.hash);
      if (status) store.dispatch({ type: 'answerChosen', status });
    });
  }

  /** Sends what was typed, unless something is wrong with it. */
  async send(): Promise<void> {
    const { state, dispatch } = this.#store;
    const { answering, now } = state();
    if (!answering || answering.isSending) return;
    const fault = faultOf(answering.typed, now);
    if (fault) return dispatch({ type: 'answerRefused', fault });
    dispatch({ type: 'answerSending' });
    this.#take(await sendAnswer(this.#address, answering, now));
  }

  #take(reply: AnswerReply): void {
    const { dispatch } = this.#store;
    if ('fault' in reply) {
      dispatch({ type: 'answerRefused', fault: reply.fault });
      return;
    }
    dispatch({ type: 'answerKept', invitation: reply.invitation });
    // Once it is given, a page that is loaded again chooses it no more.
    if (reply.invitation.given) forgetChosen();
    else this.#lookAgain();
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#asking);
    const { state, dispatch } = this.#store;
    const sequence = invitedTo(state().screen);
    if (sequence === undefined || sequence <= (state().answering?.sequence ?? -1)) return;
    const reply = await readInvitation(this.#address);
    if ('invitation' in reply) {
      dispatch({ type: 'invited', invitation: reply.invitation, chosen: statusInFragment(location.hash) });
    } else if (reply.fault === 'unreachable' || reply.fault === 'busy') {
      this.#asking = setTimeout(() => void this.#ask(), pause);
    }
  }
}

function forgetChosen(): void {
  if (statusInFragment(location.hash)) history.replaceState(history.state, '', location.pathname + location.search);
}

/** The sequence of the meeting to which a personal link invites; undefined where nobody is to be asked. */
function invitedTo(screen: Screen): number | undefined {
  if (screen.at === 'early') return screen.meeting.participant && screen.meeting.sequence;
  return 'room' in screen && screen.room.participant ? (screen.room.sequence ?? 0) : undefined;
}
