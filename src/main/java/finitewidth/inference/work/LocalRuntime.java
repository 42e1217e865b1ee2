package finitewidth.inference.work;

import finitewidth.settings.Naming;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Threads of this process: no Spark, nothing sent, nothing kept. */
public final class LocalRuntime implements Runtime {
  private final int threads;
  private final Messages messages;

  private LocalRuntime(int threads, Messages messages) {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads; at least 1 is needed");
    }
    this.threads = threads;
    this.messages = messages;
  }

  /** As many threads as the machine has processors; says nothing. */
  public static LocalRuntime allCores() {
    return threads(java.lang.Runtime.getRuntime().availableProcessors());
  }

  /**
   * So many threads; says nothing.
   *
   * @param threads 1 for the very thread that asks
   */
  public static LocalRuntime threads(int threads) {
    return new LocalRuntime(threads, Messages.none());
  }

  /** The same threads, which say what is being done. */
  public LocalRuntime telling(Messages told) {
    return new LocalRuntime(threads, told.with(Naming.PARAMS));
  }

  @Override
  public int cores() {
    return threads;
  }

  @Override
  public long resultBytes() {
    return Long.MAX_VALUE;
  }

  @Override
  public Checkpoint checkpoint() {
    return Checkpoint.none();
  }

  @Override
  public Messages messages() {
    return messages;
  }

  @Override
  public <T> Shared<T> share(T value) {
    return new Here<>(value);
  }

  /** Held by reference: nothing is ever sent. */
  private record Here<T>(T value) implements Shared<T> {
    @Override
    public void close() {}
  }

  @Override
  public <P, R> void run(
      Name name, List<P> pieces, int tasks, Task<P, R> task, Consumer<R> whenDone) {
    List<List<P>> shares = shares(pieces, tasks);
    if (threads == 1 || shares.size() == 1) {
      shares.forEach(share -> whenDone.accept(task.of(share.iterator())));
      return;
    }
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, shares.size()));
    try {
      CompletionService<R> done = new ExecutorCompletionService<>(pool);
      shares.forEach(share -> done.submit(() -> task.of(share.iterator())));
      for (int k = 0; k < shares.size(); k++) {
        whenDone.accept(done.take().get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in " + name.whole(), e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Neighbouring pieces for each task. */
  private static <P> List<List<P>> shares(List<P> pieces, int tasks) {
    int parts = Math.min(tasks, pieces.size());
    List<List<P>> shares = new ArrayList<>();
    for (int k = 0; k < parts; k++) {
      int from = (int) ((long) pieces.size() * k / parts);
      int to = (int) ((long) pieces.size() * (k + 1) / parts);
      shares.add(pieces.subList(from, to));
    }
    return shares;
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException cause) {
      return cause;
    }
    if (e.getCause() instanceof Error cause) {
      throw cause;
    }
    return new IllegalStateException(e.getCause());
  }
}
