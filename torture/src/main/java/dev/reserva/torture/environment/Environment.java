package dev.reserva.torture.environment;

import dev.reserva.harness.TcpProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The environment of one scenario: a folder, a seed, and the processes and other resources that are
 * started in it. It closes them in reverse order.
 */
public final class Environment implements AutoCloseable {
  private final Path jar;
  private final Path folder;
  private final Scale scale;
  private final SplittableRandom random;
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();

  /**
   * @param jar the server's packaged program
   * @param folder exists and is empty
   */
  public Environment(Path jar, Path folder, Scale scale, long seed) {
    this.jar = jar;
    this.folder = folder;
    this.scale = scale;
    this.random = new SplittableRandom(seed);
  }

  public Path folder() {
    return folder;
  }

  /** Chooses a number, such as that of rounds or clients, by the scale of the campaign. */
  public int pick(int full, int shortened) {
    return scale.pick(full, shortened);
  }

  public SplittableRandom random() {
    return random;
  }

  /** A server that is not started yet. */
  public Server server() throws IOException {
    return server(folder.resolve("data"));
  }

  /** A server on another data folder that is not started yet. */
  public Server server(Path data) throws IOException {
    return keep(new Server(jar, folder, data));
  }

  /** Starts a database that no server embeds. */
  public Database database(Map<String, String> environment) throws IOException {
    return keep(Database.start(folder.resolve("database"), environment));
  }

  /** The server's packaged program. */
  public Path jar() {
    return jar;
  }

  public TcpProxy proxy(int target) throws IOException {
    return keep(new TcpProxy(target));
  }

  public SmallDisk smallDisk(int mebibytes) throws IOException, InterruptedException {
    return keep(SmallDisk.mount(folder.resolve("disk"), mebibytes));
  }

  /** Closes something when this is closed. */
  public synchronized <T extends AutoCloseable> T keep(T resource) {
    resources.push(resource);
    return resource;
  }

  @Override
  public synchronized void close() {
    while (!resources.isEmpty()) {
      AutoCloseable resource = resources.pop();
      try {
        resource.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        System.err.println("cannot close " + resource + ": " + e);
      }
    }
  }
}
