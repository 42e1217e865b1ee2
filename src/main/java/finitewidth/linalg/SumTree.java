package finitewidth.linalg;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/**
 * Adds up the sums of leaves 0, 1, 2, … along one fixed binary tree, in whatever order and grouping
 * they arrive: floating-point sums then depend on the leaves alone, not on the partitions that held
 * them. Leaves may be missing; what stands alone moves up as it is.
 *
 * <p>Two subtrees are added as soon as both are there, so that a run of leaves costs the memory of
 * about log₂ of its length.
 *
 * @param <T> what is added
 */
public final class SumTree<T extends Summable<T>> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The highest level that a {@code long} has leaves for. */
  private static final int HEIGHT = Long.SIZE - 1;

  /**
   * The sum of the leaves index · 2^level … (index + 1) · 2^level − 1.
   *
   * @param leaves how many of them there were
   */
  public record Node<T>(int level, long index, long leaves, T sum) implements Serializable {
    private Key key() {
      return new Key(level, index);
    }
  }

  private record Key(int level, long index) implements Serializable {}

  private final HashMap<Key, Node<T>> waiting = new HashMap<>();

  /** Takes in a leaf. */
  public void add(long leaf, T sum) {
    add(new Node<>(0, leaf, 1, sum));
  }

  /** Takes in a subtree and adds it to its sibling if that is there, and so on upwards. */
  public void add(Node<T> node) {
    Node<T> current = node;
    while (current.level() < HEIGHT) {
      Node<T> sibling = waiting.remove(new Key(current.level(), current.index() ^ 1));
      if (sibling == null) {
        break;
      }
      Node<T> left = current.index() < sibling.index() ? current : sibling;
      Node<T> right = left == current ? sibling : current;
      current =
          new Node<>(
              current.level() + 1,
              current.index() >> 1,
              left.leaves() + right.leaves(),
              left.sum().add(right.sum()));
    }
    waiting.put(current.key(), current);
  }

  /** Takes in all of another tree, and returns this one. */
  public SumTree<T> merge(SumTree<T> other) {
    other.subtrees().forEach(this::add);
    return this;
  }

  /** The subtrees that still wait for their siblings. */
  public List<Node<T>> subtrees() {
    return List.copyOf(waiting.values());
  }

  /**
   * The sum of all leaves that are there, and how many there were; the tree is used up.
   *
   * @throws IllegalStateException if there is none
   */
  public Node<T> total() {
    Comparator<Node<T>> lowest =
        Comparator.<Node<T>>comparingInt(Node::level).thenComparingLong(Node::index);
    while (waiting.size() > 1) {
      Node<T> alone = waiting.values().stream().min(lowest).orElseThrow();
      waiting.remove(alone.key());
      add(new Node<>(alone.level() + 1, alone.index() >> 1, alone.leaves(), alone.sum()));
    }
    return waiting.values().stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is nothing to add up"));
  }

  /**
   * The sum of this many leaves.
   *
   * @throws IllegalStateException if leaves are missing
   */
  public T total(long leaves) {
    Node<T> total = total();
    if (total.leaves() != leaves) {
      throw new IllegalStateException(
          "sums of " + (leaves - total.leaves()) + " of " + leaves + " leaves are missing");
    }
    return total.sum();
  }
}
