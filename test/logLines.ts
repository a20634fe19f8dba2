import { vi } from 'vitest';

/** One line of the service's log. */
export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

/** What the service logs from here on. */
export interface LogLines {
  /** Since the last `clear`. */
  all(): LogLine[];
  of(message: string | RegExp): LogLine[];
  clear(): void;
  stop(): void;
}

/** Catches the lines of the log on their way out; whatever else is printed goes on. */
export function catchLog(): LogLines {
  let lines: LogLine[] = [];
  const spies = [process.stdout, process.stderr].map((stream) => {
    const write = stream.write.bind(stream);
    return vi.spyOn(stream, 'write').mockImplementation((chunk, ...rest) => {
      const line = lineOf(String(chunk));
      if (!line) return write(chunk, ...(rest as []));
      lines.push(line);
      return true;
    });
  });
  return {
    all: () => lines,
    of: (message) => lines.filter((line) => isMeant(line.message, message)),
    clear: () => {
      lines = [];
    },
    stop: () => {
      for (const spy of spies) spy.mockRestore();
    },
  };
}

function lineOf(text: string): LogLine | undefined {
  if (!text.startsWith('{"level"')) return undefined;
  return JSON.parse(text) as LogLine;
}

function isMeant(text: string, message: string | RegExp): boolean {
  return typeof message === 'string' ? text === message : message.test(text);
}
