import * as templates from 'virtual:templates';
import { renderer } from './rendering.ts';

/** The operator's templates, at work. */
export const { renderKnown: render } = renderer(templates);

/** Those of the letters that tell organizers of their own meetings. */
export const { render: renderToOrganizer } = renderer(templates.organizer);
