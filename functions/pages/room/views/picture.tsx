import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useRoomView } from './roomView.ts';

interface PictureProps {
  readonly stream: MediaStream | undefined;
  readonly muted: boolean;
  readonly mirrored?: boolean;
  readonly hidden?: boolean;
  /** Called with each stream that is to be played. */
  readonly onStream?: (video: HTMLVideoElement) => void;
}

/** Milliseconds until pictures that the browser has paused are played again: it may pause them at once once more. */
const resumeAfter = 1_000;

/** Moving pictures (and the voice that belongs to them) of a stream. */
export function Picture({ stream, muted, mirrored = false, hidden = false, onStream }: PictureProps) {
  const { words, hear } = useRoomView();
  const [isPaused, setPaused] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  // A stream is no attribute, and taking it away is giving null.
  useLayoutEffect(() => {
    if (!video.current) return;
    video.current.srcObject = stream ?? null;
    if (stream) onStream?.(video.current);
  }, [stream, onStream]);
  // A phone pauses pictures during a call, and browsers do to save power.
  useEffect(() => {
    if (!isPaused) return;
    const resume = () => video.current && hear(video.current);
    const timer = setTimeout(resume, resumeAfter);
    document.addEventListener('visibilitychange', resume);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', resume);
    };
  }, [isPaused, hear]);
  return (
    <>
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: without controls it takes no focus */}
      <video
        ref={video}
        class={`picture${mirrored ? ' mirrored' : ''}${hidden ? ' hidden' : ''}`}
        autoplay
        playsInline
        muted={muted}
        disablePictureInPicture={muted}
        aria-hidden={true}
        onPause={() => setPaused(stream?.active === true)}
        onPlaying={() => setPaused(false)}
      />
      {isPaused && <p class="wire">{words.paused}</p>}
    </>
  );
}

/** Colours that white letters are read on, and that are told apart. */
const hues = 8;

/** Somebody whose camera is off: their initials, in a colour of their own. */
export function Avatar({ name, id }: { readonly name: string; readonly id: string }) {
  return (
    <span class={`avatar hue-${hueOf(id)}`} aria-hidden={true}>
      {initialsOfGuest(name)}
    </span>
  );
}

export function initialsOfGuest(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toLocaleUpperCase();
}

function hueOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.charCodeAt(0)) % 9_973;
  return sum % hues;
}
