package finitewidth.contraction;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up the sums of leaves 0 … L−1 along one fixed binary tree, in whatever order and grouping
 * they arrive: floating-point sums then depend on the leaves alone, not on the partitions that held
 * them.
 *
 * <p>Two subtrees are added as soon as both are there, so that a run of leaves costs the memory of
 * about log L sums.
 */
public final class SumTree {

  /** The sum of the leaves index · 2^level … (index + 1) · 2^level − 1. */
  public record Node(int level, int index, PairSums sums) implements Serializable {
    private Key key() {
      return new Key(level, index);
    }
  }

  private record Key(int level, int index) {}

  private final int height;
  private final Map<Key, Node> waiting = new HashMap<>();

  /**
   * @param leaves how many leaves there are, a power of two
   */
  public SumTree(int leaves) {
    if (Integer.bitCount(leaves) != 1) {
      throw new IllegalArgumentException(leaves + " leaves are not a power of two");
    }
    height = Integer.numberOfTrailingZeros(leaves);
  }

  /** Takes in a subtree and adds it to its sibling if that is there, and so on upwards. */
  public void add(Node node) {
    Node current = node;
    while (current.level() < height) {
      Node sibling = waiting.remove(new Key(current.level(), current.index() ^ 1));
      if (sibling == null) {
        break;
      }
      Node left = current.index() < sibling.index() ? current : sibling;
      Node right = left == current ? sibling : current;
      current = new Node(current.level() + 1, current.index() >> 1, left.sums().add(right.sums()));
    }
    waiting.put(current.key(), current);
  }

  /** The subtrees that still wait for their siblings. */
  public List<Node> subtrees() {
    return List.copyOf(waiting.values());
  }

  /**
   * The sum of all leaves.
   *
   * @throws IllegalStateException if a leaf is missing
   */
  public PairSums total() {
    Node root = waiting.get(new Key(height, 0));
    if (root == null) {
      throw new IllegalStateException("sums of some leaves are missing");
    }
    return root.sums();
  }
}
