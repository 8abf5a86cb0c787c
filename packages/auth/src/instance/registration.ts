/** Who may make an account: what the settings say, until an administrator says otherwise while the instance runs. */
import type { InstanceState, RegistrationMode } from '@snug/protocol';

export class Registration {
  readonly configured: RegistrationMode;
  /** Null follows the settings. */
  override: RegistrationMode | null;

  constructor(configured: RegistrationMode, override: RegistrationMode | null) {
    this.configured = configured;
    this.override = override;
  }

  get mode(): RegistrationMode {
    return this.override ?? this.configured;
  }

  get state(): InstanceState {
    const { mode, configured, override } = this;
    return { registration: mode, registration_configured: configured, registration_override: override };
  }
}
