import { Button } from '../../../shared/views/button.tsx';
import type { Device } from '../../api/replies.ts';
import { useConsole } from '../../app/consoleView.ts';
import { useAction } from '../../app/useAction.ts';
import { useLoaded } from '../../app/useLoaded.ts';
import { Loading, Trouble } from '../../views/notice.tsx';

/** The devices to which reminders are pushed. */
export function Devices() {
  const { words, api, times } = useConsole();
  const { self } = words;
  const load = async () => (await api.call<{ devices: readonly Device[] }>('GET', '/users/me/devices')).body.devices;
  const { value, error, reload } = useLoaded('devices', load);
  const { busy, error: failure, run } = useAction();
  const forget = (id: string) =>
    run(async () => {
      await api.call('DELETE', `/users/me/devices/${encodeURIComponent(id)}`);
      await reload();
    });
  return (
    <section class="card">
      <h2>{self.devices}</h2>
      <Trouble error={error ?? failure} onRetry={reload} />
      {value === undefined && error === undefined && <Loading />}
      {value !== undefined && <p class="soft">{value.length === 0 ? self.noDevices : self.devicesHint}</p>}
      {value !== undefined && value.length > 0 && (
        <ul class="plain">
          {value.map(({ id, platform, registered }) => (
            <li key={id}>
              <span>
                <bdi class="name">{id}</bdi>{' '}
                <span class="soft">{`${platform}, ${self.registered(times.date(registered))}`}</span>
              </span>
              <Button look="quiet" label={self.forgetNamed(id)} disabled={busy} onClick={() => forget(id)}>
                {self.forget}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
