/** One thing wrong with the settings. */
export interface SettingFault {
  readonly setting: string;
  readonly message: string;
}

/** All that is wrong with the settings, one line each. */
export class SettingsFault extends Error {
  readonly faults: readonly SettingFault[];

  constructor(faults: readonly SettingFault[]) {
    super(faults.map(({ setting, message }) => `${setting}: ${message}`).join('\n'));
    this.name = 'SettingsFault';
    this.faults = faults;
  }
}
