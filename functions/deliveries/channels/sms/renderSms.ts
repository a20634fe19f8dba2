import type { Renderer, Rendering } from '../../templates/rendering.ts';
import { sms } from './sms.ts';
import { smsSize } from './smsSize.ts';

/**
 * A text message, in as few parts as may be: where the number to dial makes it longer than one part it is left out, as
 * the page behind the link tells it too.
 *
 * @throws TemplateError
 */
export function renderSms(render: Renderer['render'], rendering: Rendering) {
  const whole = render(sms, rendering);
  const { meeting } = rendering.data;
  if (!meeting.ddi.extension || smsSize(whole.text).parts === 1) return whole;
  const withoutNumber = { ...rendering.data, meeting: { ...meeting, ddi: { extension: '', pin: '' } } };
  const short = render(sms, { ...rendering, data: withoutNumber });
  return smsSize(short.text).parts < smsSize(whole.text).parts ? short : whole;
}
