package porteria.testkit;

import java.lang.reflect.Constructor;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one {@link RunningServer} of a test class to its constructor. JUnit closes it after the
 * last test of the class.
 */
public final class RunningServerExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(RunningServerExtension.class);

  private final TestServersExtension servers = new TestServersExtension();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RunningServer.class
        && parameter.getDeclaringExecutable() instanceof Constructor;
  }

  @Override
  public RunningServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    boolean telling = context.getRequiredTestClass().isAnnotationPresent(Telling.class);
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            RunningServer.class,
            key -> RunningServer.start(servers.resolveParameter(parameter, context), telling),
            RunningServer.class);
  }
}
