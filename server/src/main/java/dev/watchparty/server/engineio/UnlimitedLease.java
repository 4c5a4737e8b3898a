package dev.watchparty.server.engineio;

/** An allowance without a limit. */
enum UnlimitedLease implements ConnectionLimiter.Lease {
    INSTANCE;

    @Override
    public ConnectionLimiter.Verdict onPacket() {
        return ConnectionLimiter.Verdict.PASS;
    }

    @Override
    public void release() {}
}
