import * as templates from 'virtual:templates';
import { renderer } from './rendering.ts';

/** The operator's templates, at work. */
export const { renderKnown: render } = renderer(templates);
