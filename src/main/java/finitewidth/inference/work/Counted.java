package finitewidth.inference.work;

/** Numbers of things in words. */
public final class Counted {
  private Counted() {}

  /** How many of a thing, such as 1 row or 3 rows. */
  public static String of(long number, String thing) {
    return of(number, thing, thing + "s");
  }

  /** How many of something in words, such as 1 leaf or 3 leaves. */
  public static String of(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  /** Source layers in words, from 1 on. */
  public static String layers(int sources) {
    return sources == 1 ? "layer 1" : "layers 1 to " + sources;
  }
}
