import type { RoomFacts } from '../../../rooms/signalling/protocol.ts';
import { longestPasswordTry } from '../signalling/limits.ts';
import { isPasswordRefusal, type LobbyRefusal } from '../state/state.ts';
import { useRoomView } from './roomView.ts';

interface PasswordFieldProps {
  readonly password: string;
  readonly room: RoomFacts;
  readonly refusal: LobbyRefusal | undefined;
}

/** The meeting's password, which no browser is to keep: the next meeting has another. */
export function PasswordField({ password, room: { dialIn }, refusal }: PasswordFieldProps) {
  const { words, actions } = useRoomView();
  const isRefused = isPasswordRefusal(refusal);
  return (
    <div class="field">
      <label for="password">{words.password}</label>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="off"
        maxLength={longestPasswordTry}
        // What is typed on telephones too is digits.
        inputmode={dialIn ? 'numeric' : 'text'}
        enterkeyhint="go"
        required
        aria-invalid={isRefused || undefined}
        aria-describedby={isRefused ? 'refusal' : undefined}
        value={password}
        onInput={({ currentTarget }) => actions.typePassword(currentTarget.value)}
      />
    </div>
  );
}
