//! Nothing lives here: the suites are in `suite/`, the bench in `examples/`.
