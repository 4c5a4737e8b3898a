package outsider;

import com.typesafe.config.ConfigFactory;
import dev.watchparty.server.WatchPartyServer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A Spring Boot application with the server as one of its beans. */
@Configuration(proxyBeanMethods = false)
public class Outsider {
    public static void main(String[] args) throws Exception {
        System.out.println("class path " + System.getProperty("java.class.path"));
        try (var context = SpringApplication.run(Outsider.class)) {
            Guest.join(context.getBean(WatchPartyServer.class).port());
        }
    }

    @Bean(destroyMethod = "close")
    WatchPartyServer watchParty() {
        return WatchPartyServer.start(
                ConfigFactory.parseString("watchparty { server.port = 0, pages.enabled = false }"));
    }
}
