package dev.reserva.platform.limits;

import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.web.ProblemWriter;
import io.github.bucket4j.TimeMeter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the budgets of requests. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitProperties.class)
public class LimitsConfiguration {

  /** After the security filters, which know the caller, and before the body is read. */
  private static final int BEFORE_BODY = -1;

  @Bean
  FilterRegistrationBean<BudgetFilter> budgetFilter(
      LimitProperties limits, ProblemWriter problems, AuditTrail trail) {
    FilterRegistrationBean<BudgetFilter> filter =
        new FilterRegistrationBean<>(
            new BudgetFilter(new Budgets(limits, TimeMeter.SYSTEM_MILLISECONDS), problems, trail));
    filter.setOrder(BEFORE_BODY);
    return filter;
  }
}
