//! dictation
