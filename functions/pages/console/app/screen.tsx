import type { Me } from '../api/replies.ts';
import { ChangeScreen } from '../screens/change/changeScreen.tsx';
import { DirectoryScreen } from '../screens/directory/directoryScreen.tsx';
import { UserScreen } from '../screens/directory/userScreen.tsx';
import { ScheduleScreen } from '../screens/form/scheduleScreen.tsx';
import { ListScreen } from '../screens/list/listScreen.tsx';
import { MeetingScreen } from '../screens/meeting/meetingScreen.tsx';
import { SelfScreen } from '../screens/self/selfScreen.tsx';
import { WebhookScreen } from '../screens/webhooks/webhookScreen.tsx';
import { WebhooksScreen } from '../screens/webhooks/webhooksScreen.tsx';
import { useConsole } from './consoleView.ts';
import type { Place } from './place.ts';

/** The screen of a place. */
export function Screen({ place, onProfile }: { readonly place: Place; readonly onProfile: (me: Me) => void }) {
  const { words } = useConsole();
  switch (place.at) {
    case 'next':
    case 'past':
      return <ListScreen key={place.at} which={place.at} />;
    case 'schedule':
      return <ScheduleScreen />;
    case 'meeting':
    case 'start':
      return <MeetingScreen key={place.id} id={place.id} starting={place.at === 'start'} />;
    case 'change':
      return <ChangeScreen key={place.id} id={place.id} />;
    case 'self':
      return <SelfScreen onProfile={onProfile} />;
    case 'directory':
      return <DirectoryScreen />;
    case 'user':
      return <UserScreen key={place.id} id={place.id} />;
    case 'webhooks':
      return <WebhooksScreen />;
    case 'webhook':
      return <WebhookScreen key={place.id} id={place.id} />;
    case 'nowhere':
      return <h1 class="empty">{words.notFound}</h1>;
  }
}
