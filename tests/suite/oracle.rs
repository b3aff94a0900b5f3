//! Second computations, written from the documents and sharing no code with the engine.

mod care;
