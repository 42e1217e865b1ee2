package finitewidth.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Writes the module of Python that declares the Params, from those of the estimators. */
final class PythonParams {
  private static final String HEAD =
      """
      # Made of the Params of the Java classes. After a change there
      #
      #     mvn test -Dtest=PythonParamsTest -Dpython.write=true
      #
      # writes it anew.
      # ruff: noqa: E501
      \"""Params of estimators and models, their setters, and the keywords of constructors.\"""

      from __future__ import annotations

      from typing import TYPE_CHECKING, Any

      from pyspark import keyword_only
      from pyspark.ml.param import Param, Params, TypeConverters

      if TYPE_CHECKING:
          from collections.abc import Sequence

          from typing_extensions import Self
      """;

  private PythonParams() {}

  /** A type of Params as Python has it. */
  private enum Type {
    TEXT("str", "str", "toString"),
    WHOLE("int", "int", "toInt"),
    NUMBER("float", "float", "toFloat"),
    TRUTH("bool", "bool", "toBoolean"),
    WHOLES("list[int]", "Sequence[int]", "toListInt"),
    NUMBERS("list[float]", "Sequence[float]", "toListFloat");

    private final String got;
    private final String taken;
    private final String converter;

    Type(String got, String taken, String converter) {
      this.got = got;
      this.taken = taken;
      this.converter = converter;
    }

    static Type of(Param<?> param) {
      if (param instanceof IntArrayParam) {
        return WHOLES;
      }
      if (param instanceof DoubleArrayParam) {
        return NUMBERS;
      }
      if (param instanceof IntParam || param instanceof LongParam) {
        return WHOLE;
      }
      if (param instanceof DoubleParam) {
        return NUMBER;
      }
      return param instanceof BooleanParam ? TRUTH : TEXT;
    }
  }

  /** The whole module. */
  static String module() {
    FiniteWidthRegressor regressor = new FiniteWidthRegressor("regressor");
    FiniteWidthClassifier classifier = new FiniteWidthClassifier("classifier");
    List<Param<?>> ofRegressor = params(regressor);
    List<Param<?>> ofClassifier = params(classifier);
    List<Param<?>> shared = new ArrayList<>(ofRegressor);
    shared.removeIf(param -> !classifier.hasParam(param.name()));
    StringBuilder module = new StringBuilder(HEAD);
    declare(module, "SharedParams", "Params", "Params of regressors and classifiers.", shared);
    ofRegressor.removeAll(shared);
    ofClassifier.removeIf(param -> regressor.hasParam(param.name()));
    declare(
        module,
        "RegressorParams",
        "SharedParams",
        "Params of regressors and their models.",
        ofRegressor);
    declare(
        module,
        "ClassifierParams",
        "SharedParams",
        "Params of classifiers and their models.",
        ofClassifier);
    setters(
        module,
        "RegressionModelSetters",
        "RegressorParams",
        "What a model for regression may change after the fit.",
        settable(FiniteWidthRegressionModel.class, regressor));
    setters(
        module,
        "ClassificationModelSetters",
        "ClassifierParams",
        "What a model for classification may change after the fit.",
        settable(FiniteWidthClassificationModel.class, classifier));
    constructor(module, "RegressorKeywords", "RegressorParams", regressor);
    constructor(module, "ClassifierKeywords", "ClassifierParams", classifier);
    return module.toString();
  }

  private static List<Param<?>> params(Params stage) {
    return new ArrayList<>(Arrays.<Param<?>>asList(stage.params()));
  }

  /** Those that a class has a setter of. */
  private static List<Param<?>> settable(Class<?> stage, Params of) {
    List<String> setters = Stream.of(stage.getMethods()).map(method -> method.getName()).toList();
    return params(of).stream()
        .filter(param -> setters.contains("set" + capital(param.name())))
        .toList();
  }

  private static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static void begin(StringBuilder module, String name, String of, String doc) {
    module.append(
        """


        class %s(%s):
            \"""%s\"""
        """
            .formatted(name, of, doc));
  }

  private static void declare(
      StringBuilder module, String name, String of, String doc, List<Param<?>> params) {
    begin(module, name, of, doc);
    for (Param<?> param : params) {
      Type type = Type.of(param);
      module.append(
          """

              %s: Param[%s] = Param(
                  Params._dummy(),
                  "%1$s",
                  %s,
                  typeConverter=TypeConverters.%s,
              )
          """
              .formatted(param.name(), type.got, quoted(param.doc()), type.converter));
    }
    for (Param<?> param : params) {
      module.append(
          """

              def get%s(self) -> %s:
                  \"""%s.\"""
                  return self.getOrDefault(self.%s)
          """
              .formatted(capital(param.name()), Type.of(param).got, sentence(param), param.name()));
    }
  }

  private static void setters(
      StringBuilder module, String name, String of, String doc, List<Param<?>> params) {
    begin(module, name, of, doc);
    for (Param<?> param : params) {
      module.append(
          """

              def set%s(self, value: %s) -> Self:
                  \"""%s.\"""
                  return self._set(%s=value)
          """
              .formatted(
                  capital(param.name()), Type.of(param).taken, sentence(param), param.name()));
    }
  }

  private static void constructor(StringBuilder module, String name, String of, Params stage) {
    List<Param<?>> params = params(stage);
    setters(module, name, of, "Setters of all Params, and keywords of the constructor.", params);
    String keywords =
        params.stream()
            .map(param -> keyword(stage, param))
            .collect(Collectors.joining("\n"))
            .indent(8)
            .stripTrailing();
    String defaults =
        params.stream()
            .filter(stage::hasDefault)
            .map(param -> param.name() + "=" + standard(stage, param) + ",")
            .collect(Collectors.joining("\n"))
            .indent(12)
            .stripTrailing();
    module.append(
        """

            @keyword_only
            def __init__(
                self,
                *,
        %s
            ) -> None:
                super().__init__()
                self._java_obj = self._new_java_obj(self._java_class, self.uid)
                self._setDefault(
        %s
                )
                self._set(**self._given(self._input_kwargs))

            @keyword_only
            def setParams(
                self,
                *,
        %1$s
            ) -> Self:
                \"""Set several Params.\"""
                return self._set(**self._given(self._input_kwargs))

            _java_class: str
            _java_obj: Any
            _new_java_obj: Any
            _input_kwargs: dict[str, Any]

            @staticmethod
            def _given(keywords: dict[str, Any]) -> dict[str, Any]:
                return {name: value for name, value in keywords.items() if value is not None}
        """
            .formatted(keywords, defaults));
  }

  private static String keyword(Params stage, Param<?> param) {
    String taken = Type.of(param).taken;
    return stage.hasDefault(param)
        ? param.name() + ": " + taken + " = " + tuple(standard(stage, param)) + ","
        : param.name() + ": " + taken + " | None = None,";
  }

  /** Defaults of keywords are immutable. */
  private static String tuple(String list) {
    if (!list.startsWith("[")) {
      return list;
    }
    String inside = list.substring(1, list.length() - 1);
    return inside.isEmpty() || inside.contains(",") ? "(" + inside + ")" : "(" + inside + ",)";
  }

  private static String standard(Params stage, Param<?> param) {
    Object value = stage.getDefault(param).get();
    if (value instanceof String text) {
      return quoted(text);
    }
    if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    }
    if (value instanceof int[] wholes) {
      return Arrays.toString(wholes);
    }
    return value instanceof double[] numbers ? Arrays.toString(numbers) : value.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String sentence(Param<?> param) {
    return capital(param.doc().replace("\\", "\\\\"));
  }
}
