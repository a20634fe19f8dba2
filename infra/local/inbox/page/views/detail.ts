import { type Content, h, type Markup } from '../../../../../functions/pages/shared/markup.ts';
import { fragmentOf, type Section } from '../place.ts';
import { sectionNames } from '../sectionNames.ts';
import type { Scene } from '../state.ts';
import { deliveryDetail } from './deliveryDetail.ts';
import { functionDetail } from './functionDetail.ts';
import { icon } from './icon.ts';
import { deniedDetail, logDetail } from './logDetail.ts';
import { mailDetail } from './mailDetail.ts';
import { meetingDetail } from './meetingDetail.ts';
import { pushDetail } from './pushDetail.ts';
import { scheduleDetail } from './scheduleDetail.ts';
import { smsDetail } from './smsDetail.ts';

/** What was chosen of the list. */
export function detail(scene: Scene): Markup {
  const { section, id } = scene.state.place;
  const content = id === undefined ? undefined : makers[section](id, scene);
  return h(
    'article',
    { class: `detail of-${section}`, key: `${section}/${id}`, 'aria-label': 'What was chosen' },
    h('a', { class: 'back', href: fragmentOf({ section }) }, icon('back'), sectionNames[section]),
    content ?? h('p', { class: 'nothing' }, id === undefined ? 'Nothing is chosen.' : 'It is not there any more.'),
  );
}

const makers: Readonly<Record<Section, (id: string, scene: Scene) => Content>> = {
  meetings: (id, scene) => chosen(scene.inbox.meetings.items, id, (meeting) => meetingDetail(meeting, scene)),
  mails: (id, scene) => chosen(scene.inbox.mails.items, id, (mail) => mailDetail(mail, scene)),
  sms: (id, scene) => chosen(scene.inbox.sms.items, id, (sms) => smsDetail(sms, scene)),
  pushes: (id, scene) => chosen(scene.inbox.pushes.items, id, (push) => pushDetail(push, scene)),
  schedules: (id, scene) => chosen(scene.inbox.schedules.items, id, (schedule) => scheduleDetail(schedule, scene)),
  deliveries: (id, scene) => chosen(scene.inbox.deliveries.items, id, (delivery) => deliveryDetail(delivery, scene)),
  denied: (id, scene) => chosen(scene.inbox.denied.items, id, deniedDetail),
  logs: (id, scene) => chosen(scene.inbox.logs.items, id, (line) => logDetail(line, scene)),
  functions: (name, scene) => {
    const known = scene.inbox.functions.items.find((one) => one.name === name);
    return known && functionDetail(known, scene);
  },
};

function chosen<Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string,
  view: (item: Item) => Content,
): Content {
  const item = items.find((one) => one.id === id);
  return item && view(item);
}
