interface NamedPerson {
  readonly id: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly userId?: string | undefined;
}

/** Somebody's name and addresses; whoever has neither is called by their id. */
export function PersonName({ person: { name, email, phone, userId, id } }: { readonly person: NamedPerson }) {
  const addresses = [email, phone].filter((one) => one !== undefined).join(' · ');
  const shown = name ?? (addresses === '' ? (userId ?? id) : undefined);
  return (
    <>
      {shown !== undefined && <bdi class="name">{shown}</bdi>}
      {addresses !== '' && <span class={shown === undefined ? '' : 'soft'}>{addresses}</span>}
    </>
  );
}
