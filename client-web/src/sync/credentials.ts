import type { ConnectAuth, SessionIdentity } from '../protocol/messages';

/** Keeps who this browser is in a room, over reloads. */
export interface IdentityKeeper {
  /** The token that was kept last; undefined if there is none, or it has expired. */
  token(): string | undefined;
  keep(identity: SessionIdentity): void;
}

/** The token and the password that this page shows at the door of its room. Each connection shows the newest. */
export class Credentials {
  /** As typed; undefined until the room has asked for it. */
  password: string | undefined;

  private readonly keeper: IdentityKeeper;
  private identity: SessionIdentity | undefined;

  constructor(keeper: IdentityKeeper) {
    this.keeper = keeper;
  }

  /** Undefined until the server has said it. */
  get participantId(): string | undefined {
    return this.identity?.participantId;
  }

  keep(identity: SessionIdentity): void {
    this.identity = identity;
    this.keeper.keep(identity);
  }

  /** A page remains the person that it is, even if another tab has kept a newer identity. */
  readonly shown = (): Pick<ConnectAuth, 'identity' | 'password'> => {
    const token = this.identity?.token ?? this.keeper.token();
    return {
      ...(token === undefined ? {} : { identity: token }),
      ...(this.password === undefined ? {} : { password: this.password }),
    };
  };
}
