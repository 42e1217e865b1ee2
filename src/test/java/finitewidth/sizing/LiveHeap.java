package finitewidth.sizing;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * What is live on this heap: what full collections leave, as the collector itself says. Whatever is
 * allocated after them does not count, however long it takes to ask.
 */
final class LiveHeap implements AutoCloseable {
  private static final Set<String> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toSet());

  private final BlockingQueue<Long> left = new LinkedBlockingQueue<>();
  private final NotificationListener listener = (notification, nothing) -> take(notification);

  LiveHeap() {
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) bean).addNotificationListener(listener, null, null);
    }
  }

  private void take(Notification notification) {
    GarbageCollectionNotificationInfo info =
        GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
    if (info.getGcCause().equals("System.gc()")) {
      left.add(
          info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
              .filter(pool -> HEAP.contains(pool.getKey()))
              .mapToLong(pool -> pool.getValue().getUsed())
              .sum());
    }
  }

  /**
   * Bytes after a full collection; 0 where there was none, as while threads are in BLAS, whose
   * arrays may not move.
   */
  private long now() throws InterruptedException {
    System.gc();
    Long bytes = left.poll(1, TimeUnit.SECONDS);
    return bytes == null ? 0 : bytes;
  }

  /** The most that is live while something is done, beyond what was before, in bytes. */
  double peak(Runnable work) throws InterruptedException {
    long before = now();
    if (before == 0) {
      throw new IllegalStateException("System.gc() collects nothing here");
    }
    long most = before;
    AtomicBoolean done = new AtomicBoolean();
    Thread worker =
        new Thread(
            () -> {
              try {
                work.run();
              } finally {
                done.set(true);
              }
            });
    worker.start();
    while (!done.get()) {
      long start = System.nanoTime();
      most = Math.max(most, now());
      // Whatever the machine, collections take no more than a quarter of the time.
      LockSupport.parkNanos(3 * (System.nanoTime() - start));
    }
    worker.join();
    return (double) most - before;
  }

  @Override
  public void close() throws ListenerNotFoundException {
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) bean).removeNotificationListener(listener);
    }
  }
}
