package finitewidth.data;

/** What a fit to many rows starts from; nothing of it is on the driver. */
public record ManyFitData(ManyRows training, TestSet test) {}
