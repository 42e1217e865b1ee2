/** Params of estimators and models, their checks and setters. */
package finitewidth.ml.param;
