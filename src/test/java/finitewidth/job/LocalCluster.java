package finitewidth.job;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A standalone Spark cluster on the loopback interface: a master and two workers of one core, each
 * in a JVM of its own, from the jars that Maven brought and without a SPARK_HOME. Executors are
 * children of their workers.
 */
final class LocalCluster implements AutoCloseable {
  private static final int WORKERS = 2;
  private static final Pattern ALIVE = Pattern.compile("\"aliveworkers\"\\s*:\\s*(\\d+)");

  private final Path directory;
  private final String classpath;
  private final int port;
  private final int webPort;
  private final Process master;
  private int started;
  private final List<Process> workers = new ArrayList<>();

  private LocalCluster(Path directory) throws IOException {
    this.directory = directory;
    classpath = Files.readString(Path.of("target/classpath.txt")).strip();
    port = freePort();
    webPort = freePort();
    master =
        daemon(
            "master",
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--webui-port",
            Integer.toString(webPort));
  }

  /** Starts master and workers, and waits until they know each other. */
  static LocalCluster start(Path directory) throws IOException, InterruptedException {
    LocalCluster cluster = new LocalCluster(directory);
    try {
      cluster.fill();
      return cluster;
    } catch (IOException | InterruptedException e) {
      cluster.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process daemon(String name, String... command) throws IOException {
    List<String> java =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@conf/java-17.options",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                classpath));
    java.addAll(List.of(command));
    ProcessBuilder builder =
        new ProcessBuilder(java)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return builder.start();
  }

  String master() {
    return "spark://127.0.0.1:" + port;
  }

  /** Brings the cluster back to two workers. */
  void fill() throws IOException, InterruptedException {
    workers.removeIf(worker -> !worker.isAlive());
    while (workers.size() < WORKERS) {
      // Hosts of their own: Spark has no task done twice on one.
      workers.add(
          daemon(
              "worker-" + System.nanoTime(),
              "org.apache.spark.deploy.worker.Worker",
              "--host",
              "127.0.0." + (2 + started++),
              "--cores",
              "1",
              "--memory",
              "2g",
              "--webui-port",
              "0",
              "--work-dir",
              directory.resolve("work").toString(),
              master()));
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (alive() != WORKERS) {
      if (System.nanoTime() > end) {
        throw new IOException("the cluster has " + alive() + " workers; see " + directory);
      }
      Thread.sleep(100);
    }
  }

  private int alive() throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webPort + "/json/")).build();
      Matcher matcher =
          ALIVE.matcher(
              HttpClient.newHttpClient()
                  .send(request, HttpResponse.BodyHandlers.ofString())
                  .body());
      return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** The executors of a worker, at the moment. */
  private Stream<ProcessHandle> executors(int worker) {
    return workers.get(worker).descendants();
  }

  /** Kills the executors of a worker, which is to have some; SIGKILL. */
  void killExecutor(int worker) throws InterruptedException {
    List<ProcessHandle> executors = awaitExecutors(worker);
    executors.forEach(ProcessHandle::destroyForcibly);
  }

  /** Sends a signal, by name, to the executors of a worker. */
  void signalExecutor(int worker, String signal) throws IOException, InterruptedException {
    for (ProcessHandle executor : awaitExecutors(worker)) {
      new ProcessBuilder("kill", "-" + signal, Long.toString(executor.pid())).start().waitFor();
    }
  }

  private List<ProcessHandle> awaitExecutors(int worker) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (executors(worker).findAny().isEmpty()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("worker " + worker + " has no executor");
      }
      Thread.sleep(20);
    }
    return executors(worker).toList();
  }

  /** Stops a worker with its executors; SIGTERM. */
  void stopWorker(int worker) throws InterruptedException {
    workers.get(worker).destroy();
    workers.get(worker).waitFor();
  }

  @Override
  public void close() {
    for (Process worker : workers) {
      worker.descendants().forEach(ProcessHandle::destroyForcibly);
      worker.destroyForcibly();
    }
    master.destroyForcibly();
  }
}
