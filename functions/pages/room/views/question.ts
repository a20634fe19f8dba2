import { type Content, h } from '../../shared/markup.ts';
import type { Conference, Question } from '../state.ts';
import { button } from './button.ts';
import type { Scene } from './scene.ts';

/** Asks before what cannot be undone. */
export function questionDialog(question: Question, { people }: Conference, { words, actions }: Scene): Content {
  const person = question.about === 'remove' ? people.find(({ id }) => id === question.id) : undefined;
  if (question.about === 'remove' && !person) return undefined;
  const answer = () => (person ? actions.remove(person.id) : actions.end());
  return h(
    'dialog',
    {
      class: 'question',
      key: `question ${question.about}`,
      'aria-labelledby': 'question',
      created: (element) => element instanceof HTMLDialogElement && element.showModal(),
      on: { close: () => actions.ask(undefined) },
    },
    h('h2', { id: 'question', dir: 'auto' }, person ? words.question.remove(person.name) : words.question.end),
    h('p', { class: 'soft' }, person ? words.question.removeHint : words.question.endHint),
    h(
      'form',
      { class: 'answers', method: 'dialog' },
      button(words.cancel, undefined, { look: 'secondary', submit: true }),
      button(person ? words.question.removeAnswer : words.endForAll, answer, { look: 'danger', submit: true }),
    ),
  );
}
