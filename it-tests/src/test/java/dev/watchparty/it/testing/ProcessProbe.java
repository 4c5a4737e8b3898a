package dev.watchparty.it.testing;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.watchparty.server.engineio.EngineSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads the vitals of a Java process on this machine, over JMX. */
final class ProcessProbe implements AutoCloseable {
    private static final Pattern SESSION_COUNT =
            Pattern.compile("(?m)(\\d+)\\s+\\d+\\s+" + Pattern.quote(EngineSession.class.getName()) + "(\\s|$)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final long pid;
    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    @SuppressWarnings("BanJNDI") // the address is that of a process which this test has started
    ProcessProbe(long pid) {
        this.pid = pid;
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            } finally {
                machine.detach();
            }
            beans = connector.getMBeanServerConnection();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException("process %d: no Java process of this machine".formatted(pid), e);
        }
    }

    ProcessVitals read() {
        try {
            int sessions = countSessions();
            MemoryMXBean memory = ManagementFactory.newPlatformMXBeanProxy(
                    beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
            BufferPoolMXBean direct = ManagementFactory.newPlatformMXBeanProxy(
                    beans, "java.nio:type=BufferPool,name=direct", BufferPoolMXBean.class);
            ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(
                    beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
            return new ProcessVitals(
                    memory.getHeapMemoryUsage().getUsed(),
                    direct.getMemoryUsed(),
                    resident(),
                    threads.getThreadCount(),
                    sessions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new IllegalStateException("process %d cannot be read".formatted(pid), e);
        }
    }

    /** The histogram counts the objects that a full collection has left. */
    private int countSessions() throws IOException, JMException {
        String histogram = (String) beans.invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
        Matcher count = SESSION_COUNT.matcher(histogram);
        return count.find() ? Integer.parseInt(count.group(1)) : 0;
    }

    private long resident() throws IOException {
        Path status = Path.of("/proc/%d/status".formatted(pid));
        if (!Files.exists(status)) {
            return 0;
        }
        Matcher resident = RESIDENT.matcher(Files.readString(status));
        return resident.find() ? Long.parseLong(resident.group(1)) * 1024 : 0;
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException processHasEnded) {
            // Nothing more to close.
        }
    }
}
