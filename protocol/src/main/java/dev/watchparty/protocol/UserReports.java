package dev.watchparty.protocol;

import java.util.List;

/**
 * How some users are now: the payload of {@link SocketEvents#REPORTS}.
 *
 * @param reports of users who have joined, each once
 */
public record UserReports(List<UserReport> reports) {
    public UserReports {
        reports = List.copyOf(reports);
    }
}
