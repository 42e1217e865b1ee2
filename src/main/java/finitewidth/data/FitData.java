package finitewidth.data;

/** What a fit starts from. */
public record FitData(TrainingSet training, TestSet test) {}
