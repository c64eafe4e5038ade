package dev.reserva.torture.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Where one scenario is played: a folder, a seed, and all that is started there, which ends with
 * it, the last first.
 */
public final class Stage implements AutoCloseable {
  private final Path jar;
  private final Path folder;
  private final Scale scale;
  private final SplittableRandom random;
  private final Deque<AutoCloseable> props = new ArrayDeque<>();

  /**
   * @param jar the server's packaged program
   * @param folder exists and is empty
   */
  public Stage(Path jar, Path folder, Scale scale, long seed) {
    this.jar = jar;
    this.folder = folder;
    this.scale = scale;
    this.random = new SplittableRandom(seed);
  }

  public Path folder() {
    return folder;
  }

  /** A number of rounds, sizes, clients. */
  public int pick(int full, int shortened) {
    return scale.pick(full, shortened);
  }

  public SplittableRandom random() {
    return random;
  }

  /** A server that is not yet started. */
  public Server server() throws IOException {
    return server(folder.resolve("data"));
  }

  /** A server that is not yet started, on a data folder elsewhere. */
  public Server server(Path data) throws IOException {
    return keep(new Server(jar, folder, data));
  }

  /** A running database that no server owns. */
  public Database database(Map<String, String> environment) throws IOException {
    return keep(Database.start(folder.resolve("database"), environment));
  }

  public TcpProxy proxy(int target) throws IOException {
    return keep(new TcpProxy(target));
  }

  public SmallDisk smallDisk(int mebibytes) throws IOException, InterruptedException {
    return keep(SmallDisk.mount(folder.resolve("disk"), mebibytes));
  }

  private synchronized <T extends AutoCloseable> T keep(T prop) {
    props.push(prop);
    return prop;
  }

  @Override
  public synchronized void close() {
    while (!props.isEmpty()) {
      AutoCloseable prop = props.pop();
      try {
        prop.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        System.err.println("not tidied up: " + prop + ": " + e);
      }
    }
  }
}
