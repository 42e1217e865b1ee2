package finitewidth.gaussian.activations;

import finitewidth.gaussian.ActivationClassException;
import finitewidth.gaussian.ActivationFunction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;

/** From a class name to a user's {@link ActivationFunction}. */
final class ActivationClass {
  private ActivationClass() {}

  /**
   * An instance of the class of that name, which the context's class loader finds.
   *
   * @throws ActivationClassException if there is none, or it is none to be used
   */
  static ActivationFunction make(String name) {
    Class<?> type = load(name);
    if (!ActivationFunction.class.isAssignableFrom(type)) {
      throw new ActivationClassException(
          "class " + name + " does not implement " + ActivationFunction.class.getName());
    }
    ActivationFunction function = (ActivationFunction) instance(type);
    requireSerializable(function);
    return function;
  }

  private static Class<?> load(String name) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? ActivationClass.class.getClassLoader() : context;
    try {
      // Not initialised before it is known for an activation: a saved model may name any class.
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new ActivationClassException(
          "there is no class " + name + "; a jar that has it is given with -- --jars FILE.jar");
    } catch (LinkageError e) {
      throw new ActivationClassException("class " + name + " cannot be loaded: " + reason(e));
    }
  }

  private static Object instance(Class<?> type) {
    String name = type.getName();
    if (Modifier.isAbstract(type.getModifiers()) || !Modifier.isPublic(type.getModifiers())) {
      throw new ActivationClassException(
          "class " + name + " must be public and not abstract to be made an activation of");
    }
    try {
      Constructor<?> constructor = type.getConstructor();
      return constructor.newInstance();
    } catch (NoSuchMethodException e) {
      throw new ActivationClassException(
          "class " + name + " has no public constructor without parameters, and one is needed");
    } catch (InvocationTargetException e) {
      throw new ActivationClassException(
          "the constructor of class " + name + " fails: " + reason(e.getTargetException()));
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new ActivationClassException("class " + name + " cannot be made: " + reason(e));
    }
  }

  private static void requireSerializable(ActivationFunction function) {
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      out.writeObject(function);
    } catch (IOException e) {
      throw new ActivationClassException(
          "class %s cannot be sent to executors: %s; its fields must be serializable"
              .formatted(function.getClass().getName(), reason(e)));
    }
  }

  private static String reason(Throwable thrown) {
    String message = thrown.getMessage();
    return thrown.getClass().getSimpleName() + (message == null ? "" : " (" + message + ")");
  }
}
