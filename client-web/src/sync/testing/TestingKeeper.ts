import type { SessionIdentity } from '../../protocol/messages';
import type { IdentityKeeper } from '../credentials';

/** The memory of a browser for one room. */
export class TestingKeeper implements IdentityKeeper {
  identity: SessionIdentity | undefined;

  token(): string | undefined {
    return this.identity?.token;
  }

  keep(identity: SessionIdentity): void {
    this.identity = identity;
  }
}
